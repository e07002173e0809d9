"""all-MiniLM-L6-v2 in PyTorch, reading a question and a section together, with a score for each sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

LAYERS, HEADS, WIDTH, EPSILON = 6, 12, 384, 1e-12
SHARPNESS = 14.0
LONGEST = 384


@dataclass(frozen=True)
class Batch:
    """Chunks side by side: `spans[i]` are the token spans of the i-th chunk's question and then its sentences."""

    tokens: Tensor
    mask: Tensor
    spans: Sequence[Sequence[tuple[int, int]]]


class Layer(nn.Module):
    """One layer of BERT, from upstream's tensors."""

    def __init__(self, tensors: dict[str, Tensor], at: int) -> None:
        super().__init__()
        name = f"encoder.layer.{at}"
        parts = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
                 "intermediate.dense", "output.dense", "attention.output.LayerNorm", "output.LayerNorm")  # fmt: skip
        self.names = {part: part.replace(".", "_") for part in parts}
        for part, attribute in self.names.items():
            for kind in ("weight", "bias"):
                self.register_parameter(f"{attribute}_{kind}", nn.Parameter(tensors[f"{name}.{part}.{kind}"].clone()))

    def part(self, name: str) -> tuple[Tensor, Tensor]:
        """Weight and bias of one part."""
        attribute = self.names[name]
        return getattr(self, f"{attribute}_weight"), getattr(self, f"{attribute}_bias")

    def forward(self, state: Tensor, mask: Tensor) -> Tensor:
        """The next states of all tokens."""
        several, length, _ = state.shape
        query, key, value = (
            F.linear(state, *self.part(f"attention.self.{one}")).view(several, length, HEADS, -1).transpose(1, 2)
            for one in ("query", "key", "value")
        )
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None, :])
        mixed = F.linear(mixed.transpose(1, 2).reshape(several, length, WIDTH), *self.part("attention.output.dense"))
        state = F.layer_norm(state + mixed, (WIDTH,), *self.part("attention.output.LayerNorm"), eps=EPSILON)
        wide = F.gelu(F.linear(state, *self.part("intermediate.dense")))
        narrow = F.linear(wide, *self.part("output.dense"))
        return F.layer_norm(state + narrow, (WIDTH,), *self.part("output.LayerNorm"), eps=EPSILON)


class Embeddings(nn.Module):
    """Words and places, which never learn."""

    def __init__(self, tensors: dict[str, Tensor]) -> None:
        super().__init__()
        places = (
            tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        self.register_buffer("words", tensors["embeddings.word_embeddings.weight"])
        self.register_buffer("places", places)
        self.register_buffer("gamma", tensors["embeddings.LayerNorm.weight"])
        self.register_buffer("beta", tensors["embeddings.LayerNorm.bias"])

    def forward(self, tokens: Tensor) -> Tensor:
        """The first states of all tokens."""
        state = self.words[tokens] + self.places[: tokens.shape[1]]
        return F.layer_norm(state, (WIDTH,), self.gamma, self.beta, eps=EPSILON)


class Network(nn.Module):
    """The encoder with two small heads: one scores sentences, one scores "the section does not say"."""

    def __init__(self, tensors: dict[str, Tensor]) -> None:
        super().__init__()
        self.embeddings = Embeddings(tensors)
        self.layers = nn.ModuleList(Layer(tensors, at) for at in range(LAYERS))
        self.sentence = nn.Sequential(nn.Linear(4 * WIDTH, 64), nn.GELU(), nn.Linear(64, 1))
        self.null = nn.Sequential(nn.Linear(2 * WIDTH, 64), nn.GELU(), nn.Linear(64, 1))
        nn.init.constant_(self.null[2].bias, SHARPNESS * 0.5)

    def forward(self, batch: Batch) -> list[Tensor]:
        """For each chunk: the null score, then a score for each sentence."""
        state = self.embeddings(batch.tokens)
        for layer in self.layers:
            state = layer(state, batch.mask)
        return [self._score(state[at], spans) for at, spans in enumerate(batch.spans)]

    def _score(self, state: Tensor, spans: Sequence[tuple[int, int]]) -> Tensor:
        means = torch.stack([state[first:last].mean(0) for first, last in spans])
        asked, said = means[:1].expand(len(means) - 1, -1), means[1:]
        close = SHARPNESS * F.cosine_similarity(asked, said)
        signs = torch.cat([said, asked, said * asked, (said - asked).abs()], 1)
        null = self.null(torch.cat([state[0], means[0]]))
        return torch.cat([null, close + self.sentence(signs)[:, 0]])
