"""`python -m engine`: Rasa's own command line, without the libraries that nothing configured here uses."""

from __future__ import annotations

from engine.absent import name_absent


def main() -> None:
    """Run Rasa's command line."""
    name_absent()
    from rasa.__main__ import main as run

    from engine import training_files
    from engine.lean import make_lean

    make_lean()
    training_files.apply()
    run()


if __name__ == "__main__":
    main()
