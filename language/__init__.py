"""What the application and the engine share: the sentence encoder, and text made ready for it.

Runs on Python 3.10 with numpy 1 and on 3.11 or newer with numpy 2.
"""
