"""Demo agents: they register, log in, answer after a short ring, talk and hang up."""
import asyncio

from tests.phones.incoming import Answer
from tests.phones.phone import Phone

from .people import FIRST_AGENT, agent_tone, dice_of
from .report import bridge_of

REGISTRATION_SECONDS = 300
GRACE_SECONDS = 5            # Then a caller who was to hang up and did not is hung up by the agent.


class RefusedRegistration(Exception):
    """The registrar did not take an agent's password."""


class DemoAgent:
    """One agent with its phone. Also the action that its phone plays for each call."""

    def __init__(self, number, demo):
        self.user = str(FIRST_AGENT + number)
        self.demo = demo
        self.dice = dice_of(demo.options.seed, f'agent {self.user}')
        self.phone = Phone(self.user, demo.options.sip, domain=demo.options.domain,
                           password=demo.options.password, tone=agent_tone(number))
        self.phone.behave(self)

    @property
    def name(self):
        return f'{self.user}@{self.demo.options.domain}'

    async def log_in(self, esl):
        """Registers and becomes Available."""
        await self.phone.open()
        statuses = await self.phone.register(REGISTRATION_SECONDS)
        if not statuses or statuses[-1] != 200:
            raise RefusedRegistration(f'user {self.user} got {statuses} to REGISTER')
        if self.demo.options.login == 'dial':
            call = await self.phone.call('agent-login')
            await call.answered()
            await call.ended()
        else:
            await esl.must(f"callcenter_config agent set status {self.name} 'Available'")

    async def stay_registered(self):
        """Refreshes the registration for ever."""
        while True:
            await self.demo.pause(REGISTRATION_SECONDS / 2)
            statuses = await self.phone.register(REGISTRATION_SECONDS)
            if not statuses or statuses[-1] != 200:
                self.demo.report.errors.append(f'user {self.user} got {statuses} at a refresh')

    async def log_out(self, esl):
        await esl.must(f"callcenter_config agent set status {self.name} 'Logged Out'")
        await self.phone.unregister()

    async def play(self, leg):
        """Takes one call."""
        habits = self.demo.habits
        await Answer(ring=self.dice.uniform(*habits.ring)).play(leg)
        if not leg.is_alive:
            return
        caller_call = self.demo.call_from(leg.caller_number)
        if caller_call is None:
            self.demo.report.errors.append(f'{self.user} was called by {leg.caller_number!r}')
        talk = self.dice.uniform(*habits.talk)
        if self.dice.random() >= habits.agent_hangs_up:
            talk = habits.talk[1] + GRACE_SECONDS
        try:
            if await leg.lasts(talk):
                leg.hang_up()
        finally:
            if caller_call is not None:
                self.note_bridge(caller_call, leg)
            self.phone.forget(leg)

    def note_bridge(self, caller_call, leg):
        """Writes the bridge down, if it was one: the caller may have gone as the agent answered."""
        if leg.is_alive:
            leg.hang_up()
        bridge = bridge_of(caller_call, leg)
        if bridge.caller_heard or bridge.agent_heard or bridge.right is False:
            self.demo.report.add_bridge(bridge)


async def log_in_all(agents, esl):
    """Logs all agents in, one after the other, so that a refusal names the first."""
    for agent in agents:
        await agent.log_in(esl)


async def log_out_all(agents, esl):
    await asyncio.gather(*(agent.log_out(esl) for agent in agents), return_exceptions=True)
