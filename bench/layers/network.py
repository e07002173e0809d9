"""all-MiniLM-L6-v2 in PyTorch with its first four layers as they are, and a head over labels that is thrown away."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from bench.reader.network import LAYERS, WIDTH, Embeddings, Layer

FIRST = 4  # the first layer that learns
SHARPNESS = 16.0
DROPPED = 0.1


class Network(nn.Module):
    """Texts to logits; what is kept of it are the layers from `FIRST` on."""

    def __init__(self, tensors: dict[str, Tensor], labels: int) -> None:
        super().__init__()
        self.embeddings = Embeddings(tensors)
        self.below = nn.ModuleList(Layer(tensors, at) for at in range(FIRST)).requires_grad_(False)
        self.layers = nn.ModuleList(Layer(tensors, at) for at in range(FIRST, LAYERS))
        self.head = nn.Linear(WIDTH, labels)

    def forward(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """Logits (n, labels) of the mean state of each text's tokens."""
        with torch.no_grad():
            state = self.embeddings(tokens)
            for layer in self.below:
                state = layer(state, mask)
        for layer in self.layers:
            state = F.dropout(layer(state, mask), DROPPED, self.training)
        told = mask[:, :, None].float()
        mean = (state * told).sum(1) / told.sum(1)
        logits: Tensor = self.head(F.normalize(mean, dim=1) * SHARPNESS)
        return logits
