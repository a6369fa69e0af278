"""An even flow of load: instants by the clock. Not for waiting until something has happened."""
import asyncio


async def wait_for_instant(instant):
    """Waits until the loop's clock shows `instant`."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    handle = loop.call_at(instant, future.set_result, None)
    try:
        await future
    finally:
        handle.cancel()


async def for_seconds(seconds):
    """Lets a load go on for so long, to measure it."""
    await wait_for_instant(asyncio.get_running_loop().time() + seconds)


async def evenly(count, per_second):
    """Yields 0, 1, … count-1, so many per second; late ones follow at once."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    for number in range(count):
        await wait_for_instant(start + number / per_second)
        yield number
