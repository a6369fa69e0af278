"""docs/reference explains every name that the server knows, and no others.

Where the server has a table by which it parses or dispatches, `ringmaster names` prints it. Where
names are written where they are used (variables, headers of events), the sources are read. What is
missing, and where it belongs, is in the message of the failure: an entry is a row of a table whose
first cell holds the name in backquotes.
"""
import collections
import re
import subprocess
import unittest

from tests.phones.incoming import BUSY, Answer

from .harness import ServerCase
from .server import ROOT, binary

REFERENCE = ROOT / 'docs/reference'
SOURCES = ROOT / 'src'

# Where the names of a kind are explained: the page, and the section of it.
PLACES = {
    'setting of queue': ('settings.md', 'Queues'),
    'setting of agent': ('settings.md', 'Agents'),
    'setting of tier': ('settings.md', 'Tiers'),
    'setting of settings': ('settings.md', 'Call centre'),
    'setting of event socket': ('settings.md', 'Event socket'),
    'setting of XML-RPC': ('settings.md', 'XML-RPC'),
    'setting of stream': ('settings.md', 'Music from folders'),
    'setting of Lua': ('settings.md', 'Lua'),
    'setting of switch': ('settings.md', 'Switch'),
    'setting of profile': ('settings.md', 'SIP profiles'),
    'setting of global_settings': ('settings.md', 'All SIP profiles'),
    'setting of user': ('settings.md', 'Directory'),
    'setting of voicemail': ('settings.md', 'Voicemail'),
    'strategy': ('strategies.md', 'Strategies'),
    'agent-status': ('states.md', 'Status of an agent'),
    'agent-state': ('states.md', 'State of an agent'),
    'tier-state': ('states.md', 'State of a tier'),
    'member-state': ('states.md', 'State of a member'),
    'cancel-reason': ('states.md', 'Why a member left'),
    'cause': ('states.md', 'Causes'),
    'channel-state': ('states.md', 'State of a channel'),
    'call-state': ('states.md', 'State of a call'),
    'command': ('commands.md', 'All commands'),
    'callcenter_config': ('commands.md', 'callcenter_config'),
    'agent key': ('commands.md', 'Keys of agent set'),
    'word of the event socket': ('commands.md', 'Words of the event socket'),
    'method': ('commands.md', 'Methods of XML-RPC'),
    'application': ('applications.md', 'Applications'),
    'application-not-yet': ('applications.md', 'Applications that are not there yet'),
    'condition': ('applications.md', 'Conditions'),
    'action of an event': ('events.md', 'Events of the call centre'),
    'subclass': ('events.md', 'Subclasses'),
    'event': ('events.md', 'Names of events', 'Names that only programs use'),
    'header': ('events.md', 'Of all events', 'Of the call centre', 'Of a leg', 'Of other events'),
    'variable': ('variables.md', "What a caller's variables change",
                 "What a caller's variables change of a bridge",
                 "What a supervisor's variables change", "What an agent's variables change",
                 'What the queue writes',
                 'Variables of recordings', 'What the server writes on a leg',
                 'Fields of the caller'),
    'endpoint': ('texts.md', 'Whom to call'),
    'kind of sound': ('texts.md', 'Kinds of sounds'),
    'type of say': ('texts.md', 'Say'),
    'global': ('variables.md', 'Global variables'),
    'command of the shell': ('program.md', 'Commands of the shell'),
    'option': ('program.md', 'Options'),
    'environment': ('program.md', 'Environment'),
    'log-area': ('program.md', 'Areas of the log'),
}

# Names that the sources put together from parts; what they are made of is beside them.
COMPOSED = {
    'action of an event': {
        'agent-status-get', 'agent-state-get', 'agent-uuid-get',             # queue/events.cc
        'agent-max-no-answer', 'agent-max-busy', 'agent-max-reject'},
    'header': {
        *(f'CC-Agent-{limit}-{what}' for limit in ('No-Answer', 'Busy', 'Reject')
          for what in ('Count', 'Status')),                                  # queue/events.cc
        *(f'Channel-{way}-Codec-{what}' for way in ('Read', 'Write')
          for what in ('Name', 'Rate', 'Bit-Rate')),                         # call/channel_data.cc
        'Other-Leg-Unique-ID', 'variable_cc_queue'},                         # Each for its kind.
    'variable': {
        *(f'bridge_pre_execute_{side}_{part}' for side in ('aleg', 'bleg')
          for part in ('app', 'data')),                                      # call/execute_on.cc
        'sip_h_X-Desk'},                                                     # For its kind.
    'environment': {'NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID'},       # By a constant.
}
# Texts of src/call with an underscore that are names of nothing an operator writes or reads:
# beginnings of names, and values.
NO_VARIABLES = {'bridge_pre_execute_', 'effective_caller_id_', 'origination_caller_id_',
                'group_confirm_', 'limit_usage_', 'rtp_audio_', 'sip_', 'sip_h_', 'variable_',
                '_nolocal_', 'limit_exceeded', 'mod_sofia', 'send_bye', 'recv_bye', 'send_cancel',
                'recv_cancel', 'send_refuse', 'recv_refuse', 'CS_NONE', 'INBAND_AUDIO',
                'pronounced_year'}
# Texts with a hyphen that are headers of no event: of the socket's own messages, of SIP, parts.
NO_HEADERS = {'Content-Type', 'Reply-Text', 'Log-Level', 'Single-Queue', 'Bit-Rate', 'CC-Agent-',
              'No-Answer', 'Other-Leg', 'Event-Calling-', 'Event-Date-', 'FreeSWITCH-',
              'Channel-', 'variable_'}
# Rows of `show` that the original has and nothing here sets.
ONLY_SHOWN = {'Caller-Callee-ID-Name', 'Caller-Callee-ID-Number'}


def sources(*folders):
    """The sources of the program in these folders, by path; no tests."""
    paths = [path for folder in folders for pattern in ('*.cc', '*.h')
             for path in sorted((SOURCES / folder).rglob(pattern))]
    return {path: path.read_text() for path in paths
            if '_test' not in path.name and 'testing' not in str(path.relative_to(SOURCES))}


def found(pattern, texts):
    """What the first group of a pattern matches anywhere."""
    return {match[1] for text in texts.values() for match in re.finditer(pattern, text)}


def printed():
    """What `ringmaster names` says, by kind."""
    names = collections.defaultdict(set)
    said = subprocess.run([str(binary()), 'names'], check=True, capture_output=True, text=True)
    for line in said.stdout.splitlines():
        kind, _, name = line.partition('\t')
        names[kind].add(name)
    return names


def options():
    """The sub-commands and all options, by their help."""
    def help_of(*words):
        return subprocess.run([str(binary()), *words, '--help'], check=True, capture_output=True,
                              text=True).stdout
    general = help_of()
    commands = set(re.findall(r'^  ([a-z]+) ', general.partition('Subcommands:')[2], re.MULTILINE))
    texts = [general, *(help_of(command) for command in commands)]
    listed = re.findall(r'^ +((?:-\w,)?--[a-z-]+|-\w\b)', '\n'.join(texts), re.MULTILINE)
    return commands, {option for both in listed for option in both.split(',')}


def variables():
    """Names of channel variables and of a caller's fields."""
    used = sources('call', 'core', 'api')
    by_access = found(r'(?:variables|theirs|ours|lookup)\s*(?:\.|->)\s*'
                      r'(?:set|get|find|is_true|unset|add)\(\s*"([^"]+)"', used)
    by_access |= found(r'\bvariable\("([a-z_]+)"', used)
    call = {path: re.sub(r'archive\.field\("[^"]*"', '', text)
            for path, text in sources('call').items()}
    counts = found(r'\bset\("((?:in|out|rtcp|round)_[a-z_]+)"',
                   {path: text for path, text in call.items() if path.name == 'hang_up.cc'})
    texts = found(r'"([A-Za-z]\w*_\w*)"', {path: text for path, text in call.items()
                                            if path.suffix == '.cc' and path.name != 'cause.cc'})
    fields = re.search(r'profile_field\(.*?\n}\n', SOURCES.joinpath(
        'call/channel_data.cc').read_text(), re.DOTALL)[0]
    return ((by_access | texts | set(re.findall(r'\{"(\w+)",', fields))) - counts - NO_VARIABLES
            | {f'rtp_audio_{name}' for name in counts})


def headers():
    """Names of headers of events."""
    makers = sources('queue', 'call', 'core', 'esl', 'app')
    spoken = {path: text for path, text in makers.items() if path.name != 'show.cc'}
    names = found(r'"([A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+)"', spoken)
    events = {path: text for path, text in {**spoken, **sources('api')}.items()
              if re.search(r'\bevent_?\.add\(|EslEvent event', text)}
    names |= found(r'\bevent_?\.add\("([^"]+)"', events)
    caller = found(r'\badd\("(-[A-Za-z-]+)"', {path: text for path, text in spoken.items()
                                               if path.name == 'channel_data.cc'})
    return (names | {f'Caller{name}' for name in caller}) - NO_HEADERS - ONLY_SHOWN


def from_sources():
    """Names for which there is no table in the program, by kind."""
    api, queue = sources('api'), sources('queue')

    def one(path, pattern):
        return found(pattern, {path: SOURCES.joinpath(path).read_text()})
    actions = {f'{kind} {action}' for kind in ('agent', 'tier', 'queue')
               for action in one(f'api/{kind}_command.cc', r'action [!=]= "(\w+)"')}
    listed = {'agent list', 'tier list', 'queue list', 'queue count'}  # api/lists.cc, by words.
    return {
        'callcenter_config': actions | listed,
        'agent key': one('queue/agent_changes.cc', r'\{"(\w+)", set_'),
        'word of the event socket':
            one('esl/session.cc', r'\{"(\w+) ?", &Session::') | {'auth', 'exit'},
        'method': found(r'"(freeswitch\.\w+)"', sources('http')),
        'condition': set(re.findall(r'"([a-z-]+)"', re.search(
            r'kTests = \{(.*?)\}', SOURCES.joinpath('config/condition_tests.cc').read_text(),
            re.DOTALL)[1])),
        'action of an event': one('queue/events.cc', r'"((?:agent|bridge|member)s?-[a-z-]*[a-z])"'),
        'subclass': found(r'"(\w+::[a-z-]+)"', {**sources('core', 'app', 'call', 'esl'), **queue}),
        'endpoint': one('call/dialling.cc', r'destination\.endpoint == "(\w+)"'),
        'type of say': one('call/say.cc', r'Type\{"(\w+)"'),
        'kind of sound': one('media/sound_name.cc', r'\(scheme, "(\w+)"\)'),
        'header': headers(),
        'variable': variables(),
        'environment': found(r'(?:getenv|envname)\("([A-Z_]+)"', sources('app', 'config')),
    }


def explained():
    """What the reference explains: {page: {section: [names]}}."""
    pages = {}
    for path in REFERENCE.glob('*.md'):
        section, sections = '', collections.defaultdict(list)
        for line in path.read_text().splitlines():
            if line.startswith('#'):
                section = line.lstrip('#').strip()
            elif line.startswith('| `'):
                cell = re.split(r'(?<!\\)\|', line)[1]
                sections[section] += re.findall(r'`([^`]+)`', cell)
        pages[path.name] = sections
    return pages


class Reference(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pages = explained()
        cls.known = {**printed(), **from_sources()}
        cls.known['command of the shell'], cls.known['option'] = options()
        # What other pages explain: applications that run anywhere are texts of src/call, too.
        cls.elsewhere = {name for kind, names in cls.known.items() if kind != 'variable'
                         for name in names}

    def test_it_explains_what_the_server_knows(self):
        missing, stale = [], []
        for kind, (page, *sections) in PLACES.items():
            entries = [name for section in sections for name in self.pages[page][section]]
            known = self.known.get(kind, set()) | COMPOSED.get(kind, set())
            self.assertTrue(known, f'nothing is known of {kind}')
            if kind == 'variable':
                known -= self.elsewhere - set(entries)
            place = f'docs/reference/{page}, section "{sections[0]}"'
            missing += [f'{kind} `{name}` is not in {place}'
                        for name in sorted(known - set(entries))]
            stale += [f'{place} explains {kind} `{name}`, which nothing knows'
                      for name in sorted(set(entries) - known)]
        self.assertEqual('\n'.join(missing + stale), '')

    def test_every_kind_has_its_place(self):
        self.assertEqual(set(self.known) - set(PLACES), set())

    def test_no_section_is_forgotten(self):
        placed = {(page, section) for page, *sections in PLACES.values() for section in sections}
        there = {(page, section) for page, sections in self.pages.items()
                 for section, names in sections.items() if names}
        limits_of_ringing = ('README.md', 'How one phone rings longer before the next')
        signs = ('texts.md', 'Dial strings')
        self.assertEqual(there - placed, {limits_of_ringing, signs})

    def test_a_name_is_explained_once_on_its_place(self):
        for kind, (page, *sections) in PLACES.items():
            for section in sections:
                counts = collections.Counter(self.pages[page][section])
                twice = [name for name, count in counts.items() if count > 1]
                self.assertEqual(twice, [], f'{kind} in {page}, section "{section}"')

    def test_events_that_happen_are_not_called_unused(self):
        folders = ('api', 'call', 'core', 'queue', 'app', 'esl')
        texts = {path: text for path, text in sources(*folders).items()
                 if path.name != 'event_names.cc'}
        made = found(r'"([A-Z]+(?:_[A-Z]+)*)"', texts)
        unused = self.pages['events.md']['Names that only programs use']
        self.assertEqual(sorted(made & set(unused)), [])


class OnACall(ServerCase):
    async def test_what_the_events_of_a_call_carry_is_explained(self):
        await self.agent('ann', BUSY, Answer(), busy_delay_time=0)
        call = await self.call(await self.caller())
        await self.esl.event('bridge-agent-start')
        await self.esl.event(Event_Name='CHANNEL_BRIDGE')
        call.hang_up()
        await self.esl.event('member-queue-end')
        await self.esl.event(Event_Name='CHANNEL_DESTROY', nth=3)

        carried = {name for event in self.esl.events for name in event.names}
        told = {name.removeprefix('variable_') for name in carried if name.startswith('variable_')}
        self.assertEqual(sorted(told - self.explained('variable')), [])
        headers = {re.sub('^Other-Leg-', 'Caller-', name) for name in carried
                   if not name.startswith('variable_')}
        self.assertEqual(sorted(headers - self.explained('header')), [])
        self.assertEqual(sorted({event['Event-Name'] for event in self.esl.events}
                                - set(explained()['events.md']['Names of events'])), [])

    def explained(self, kind):
        page, *sections = PLACES[kind]
        pages = explained()
        return {name for section in sections for name in pages[page][section]}
