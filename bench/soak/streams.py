"""`python -m bench.soak.streams PORT TOKEN COUNT`: one visitor's event streams, each asked for again when refused.

A process of its own with the least claim to the processor, and without an HTTP library: in life these streams come from
another machine, whose work is not the site's. Ends at the end of its input, and prints how often it was refused.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress

AGAIN_SECONDS = 2.0
HEAD = "GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n"


async def hold(port: int, token: str, count: int) -> int:
    """Hold and ask for that many streams until the input ends; how often one was refused."""
    refused: list[bytes] = []
    holding = [asyncio.create_task(_stream(port, token, refused)) for _ in range(count)]
    await asyncio.to_thread(sys.stdin.read)
    for task in holding:
        task.cancel()
    await asyncio.gather(*holding, return_exceptions=True)
    return len(refused)


async def _stream(port: int, token: str, refused: list[bytes]) -> None:
    while True:
        with suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(HEAD.format(token=token).encode())
            status = await reader.readline()
            if b" 200 " in status:
                while await reader.read(4096):
                    pass
            refused.append(status)
            writer.close()
        await asyncio.sleep(AGAIN_SECONDS)


if __name__ == "__main__":
    os.nice(19)
    print(asyncio.run(hold(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))
