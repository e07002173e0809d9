"""The engine's components, in the engine's environment: as it is run, without the libraries that nothing uses."""

from engine.absent import name_absent

name_absent()
