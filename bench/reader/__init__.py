"""How the reader is made: questions with sentences that answer them in, an int8 model out. A maintainer's step."""
