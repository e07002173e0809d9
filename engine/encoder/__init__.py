"""Builds the sentence encoder (int8 ONNX) from published weights, without torch. Run once, at set-up."""
