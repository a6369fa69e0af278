"""Keys that callers press: bound ones, digits that are asked for, and the simple lines of fifo."""
from .configuration import Configuration
from .harness import ServerCase

WAIT = 60.0                  # Seconds for one step on a busy machine.
PROMPT, WRONG, RIGHT, LINE, ELSEWHERE = 600, 700, 800, 900, 1100
CALLER_TONE, SERVER_TONE = 1000, 1400


def tone(frequency):
    return f'tone_stream://%(60000,0,{frequency})'


def extension(number, *actions):
    lines = ''.join(f'<action application="{name}" data="{data}"/>' for name, data in actions)
    return (f'<extension name="{number}"><condition field="destination_number" '
            f'expression="^{number}$">{lines}</condition></extension>')


ASK = f'2 2 2 30000 # {tone(PROMPT)} {tone(WRONG)} pin ^1 30000'
EXTENSIONS = '\n'.join([
    extension('3001', ('answer', ''),
              ('bind_digit_action', 'asked,*9,exec:transfer,3002 XML default,aleg,self'),
              ('digit_action_set_realm', 'asked'),
              ('play_and_get_digits', ASK), ('playback', tone(RIGHT))),
    extension('3002', ('playback', tone(ELSEWHERE))),
    extension('3003', ('fifo', f'sales in undef {tone(LINE)}'), ('playback', tone(ELSEWHERE))),
    extension('3004', ('fifo', f'sales out wait undef {tone(LINE)}')),
])


class WithKeys(Configuration):
    def _files(self):
        files = super()._files()
        path = 'dialplan/default.xml'
        files[path] = files[path].replace('<extension ', f'{EXTENSIONS}\n    <extension ', 1)
        return files


class AskedKeys(ServerCase):
    def configure(self):
        return WithKeys()

    async def test_digits_are_asked_for_and_bound_keys_come_first(self):
        call = await self.call(await self.caller('6001', tone=CALLER_TONE), '3001')
        await call.sound.hear(PROMPT, limit=WAIT)
        call.sound.press('12')
        await call.sound.hear(RIGHT, limit=WAIT)
        call.sound.press('*9')
        await call.sound.hear(ELSEWHERE, limit=WAIT)

        other = await self.call(await self.caller('6002', tone=CALLER_TONE), '3001')
        await other.sound.hear(PROMPT, limit=WAIT)
        other.sound.press('99')
        await other.sound.hear(WRONG, limit=WAIT)

    async def test_a_line_is_served_in_its_order_also_after_a_kill(self):
        first = await self.call(await self.caller('6001', tone=CALLER_TONE), '3003')
        await first.sound.hear(LINE, limit=WAIT)
        second = await self.call(await self.caller('6002', tone=CALLER_TONE), '3003')
        await second.sound.hear(LINE, limit=WAIT)
        self.assertEqual(await self.esl.api('fifo count sales'), 'sales:0:2:0:0:0\n')

        await self.server.kill()
        await self.restart()
        served = await self.call(await self.caller('1001', tone=SERVER_TONE), '3004')
        await first.sound.hear(SERVER_TONE, limit=WAIT)
        await served.sound.hear(CALLER_TONE, limit=WAIT)
        first.hang_up()
        await second.sound.hear(SERVER_TONE, limit=WAIT)
        second.hang_up()
        await served.sound.hear(LINE, limit=WAIT)
