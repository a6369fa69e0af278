"""Waiting for something to become true, woken by whoever may have made it true."""
import asyncio


class Changes:
    """Those who wait for a condition about one object; `notify` makes them look again."""

    def __init__(self):
        self._waiting = set()

    def notify(self):
        """Wakes all who wait, to test their conditions."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, condition, limit, what):
        """Returns the first true value of condition(); raises TimeoutError, which names `what`.

        `what` is a text, or a function that makes one when the time is up.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + limit
        while not (value := condition()):
            future = loop.create_future()
            self._waiting.add(future)
            try:
                async with asyncio.timeout_at(deadline):
                    await future
            except TimeoutError:
                text = what() if callable(what) else what
                raise TimeoutError(f'not within {limit} s: {text}') from None
            finally:
                self._waiting.discard(future)
        return value
