"""Fine-tunes the encoder's last two layers on what is taught; a maintainer's step, in an environment of its own."""
