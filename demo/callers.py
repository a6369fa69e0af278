"""Demo callers: they dial, wait with music, talk, hang up or lose patience, and call again."""
from tests.phones import hearing
from tests.phones.phone import Phone

from .people import AGENT_TONES, FIRST_CALLER, caller_tone, dice_of
from .report import EVERY


class DemoCaller:
    """One caller with its phone."""

    def __init__(self, number, demo):
        self.user = str(FIRST_CALLER + number)
        self.demo = demo
        self.dice = dice_of(demo.options.seed, f'caller {self.user}')
        self.phone = Phone(self.user, demo.options.sip, domain=demo.options.domain,
                           display=f'Caller {self.user}', tone=caller_tone(number))
        self.current = None

    async def live(self):
        """Calls again and again until the demo ends."""
        await self.phone.open()
        while True:
            await self.demo.pause(self.dice.uniform(*self.demo.habits.pause))
            if self.demo.ending:
                return
            await self.call_once()

    async def call_once(self):
        """One call from dialling to its end, counted in the report."""
        report = self.demo.report
        report.calls += 1
        if self.current is not None:
            self.phone.forget(self.current)
        self.current = call = await self.phone.call(self.demo.options.extension)
        try:
            await call.answered(limit=40.0)
        except (ConnectionError, TimeoutError) as problem:
            report.errors.append(f'caller {self.user}: {problem}')
            call.hang_up()
            return
        if await self.hears_an_agent(call):
            await self.talk(call)
            report.served += 1
        elif call.is_alive:
            call.hang_up()
            report.abandoned += 1
        else:
            report.errors.append(f'caller {self.user} was hung up while waiting: {call!r}')

    async def hears_an_agent(self, call):
        """Waits for an agent's voice, as long as this caller's patience lasts."""
        habits, dice = self.demo.habits, self.dice
        patience = habits.longest_wait
        if dice.random() < habits.abandoning:
            patience = dice.uniform(*habits.patience)
        try:
            await call.sound.changes.until(lambda: self._agent_speaks(call) or not call.is_alive,
                                           patience, 'an agent')
        except TimeoutError:
            return False
        return self._agent_spoke(call)

    @staticmethod
    def _agent_speaks(call):
        received = call.sound.received
        if len(received) % EVERY or not received:
            return False
        return bool(hearing.tones_in(received[-1].payload, AGENT_TONES))

    @staticmethod
    def _agent_spoke(call):
        return any(hearing.tones_in(packet.payload, AGENT_TONES)
                   for packet in call.sound.received[-2 * EVERY:])

    async def talk(self, call):
        """Talks, and hangs up unless the agent does so earlier."""
        if await call.lasts(self.dice.uniform(*self.demo.habits.talk)):
            call.hang_up()

    @property
    def is_waiting(self):
        return self.current is not None and self.current.is_alive
