"""Load by our own phones, where sipp is not installed."""
import asyncio
from dataclasses import dataclass

from tests.phones.call import Ending
from tests.phones.incoming import Answer
from tests.phones.pacing import evenly
from tests.phones.phone import Phone

from .sipp_load import CALL_MILLISECONDS, FINISH_SECONDS, Outcome


@dataclass
class PhoneLoad:
    """One phone as all agents, and one as all callers."""

    server: tuple
    folder: object = None

    async def open(self):
        self._agents = await Phone('agents', self.server).open()
        self._agents.behave(Answer())
        self._callers = await Phone('callers', self.server).open()
        self.agent_port = self._agents.port

    async def close(self):
        await self._callers.close()
        await self._agents.close()

    async def run(self, rate, seconds):
        """Calls at this rate for so long, and waits until all are over."""
        results = []
        async for _ in evenly(round(rate * seconds), rate):
            results.append(asyncio.create_task(self._one_call()))
        good = sum(await asyncio.gather(*results))
        return Outcome(len(results), len(results) - good, 0)

    async def _one_call(self):
        """Whether one call was answered and its BYE too."""
        call = await self._callers.call('7000')
        try:
            await call.answered(FINISH_SECONDS)
            if not await call.lasts(CALL_MILLISECONDS / 1000):
                return False
            call.hang_up()
            return await call.released() == 200 and call.ending is Ending.SELF
        except (ConnectionError, TimeoutError):
            return False
        finally:
            self._callers.forget(call)
