"""A configuration directory for a server under test, in FreeSWITCH's shape."""
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

from .ports import free_port, rtp_range

MUSIC_TONE = 450             # Hertz of the hold music.
QUEUE = 'support@default'
EXTENSION = '7000'           # Dials QUEUE; `q-NAME` dials NAME@default, `ringing` only rings.

QUEUE_PARAMETERS = {
    'strategy': 'longest-idle-agent', 'moh-sound': '$${hold_music}', 'time-base-score': 'queue',
    'max-wait-time': '0', 'max-wait-time-with-no-agent': '0', 'tier-rules-apply': 'false',
    'discard-abandoned-after': '60', 'abandoned-resume-allowed': 'false',
}
PROFILE_PARAMETERS = {
    'sip-ip': '$${sip_ip}', 'rtp-ip': '$${sip_ip}', 'sip-port': '$${internal_sip_port}',
    'context': 'default', 'dialplan': 'XML', 'inbound-codec-prefs': 'PCMU',
    'outbound-codec-prefs': 'PCMU', 'rfc2833-pt': '101', 'auth-calls': 'false',
    'challenge-realm': 'auto_from', 'nonce-ttl': '60', 'force-register-domain': '$${domain}',
}
DIAL_STRING = ('{^^:sip_invite_domain=${dialed_domain}:presence_id=${dialed_user}@${dialed_domain}}'
               '${sofia_contact(*/${dialed_user}@${dialed_domain})}')


@dataclass
class Configuration:
    """What a test wants to be different from the usual."""

    queues: dict = field(default_factory=lambda: {QUEUE: {}})  # Parameters beside the usual ones.
    users: dict = field(default_factory=lambda: {'1001': 'pw1001', '1002': 'pw1002'})
    event_socket_password: str = field(default_factory=secrets.token_hex)
    sip_port: int = field(default_factory=free_port)
    event_socket_port: int = field(default_factory=free_port)
    rtp_ports: tuple = field(default_factory=rtp_range)
    profile: dict = field(default_factory=dict)  # Parameters beside PROFILE_PARAMETERS.
    switch: dict = field(default_factory=dict)   # Parameters of switch.conf.xml besides.
    address: str = '127.0.0.1'   # Where the server is.
    settings: dict = field(default_factory=dict)  # Of callcenter.conf.xml.
    agents: list = field(default_factory=list)    # Attributes of each <agent>.
    tiers: list = field(default_factory=list)     # And of each <tier>.

    def write(self, directory):
        """Writes the tree; returns its folder."""
        directory = Path(directory)
        for name, text in self._files().items():
            path = directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return directory

    def _files(self):
        return {
            'freeswitch.xml': FREESWITCH,
            'vars.xml': self._variables(),
            'autoload_configs/callcenter.conf.xml': self._callcenter(),
            'autoload_configs/event_socket.conf.xml': self._settings('event_socket', {
                'listen-ip': '$${sip_ip}', 'listen-port': '$${esl_port}',
                'password': '$${esl_password}'}),
            'autoload_configs/switch.conf.xml': self._settings('switch', {
                'rtp-start-port': self.rtp_ports[0], 'rtp-end-port': self.rtp_ports[1],
                **self.switch}),
            'autoload_configs/sofia.conf.xml': SOFIA,
            'dialplan/default.xml': DIALPLAN,
            'directory/default.xml': self._directory(),
            'sip_profiles/internal.xml': self._profile(),
        }

    def _variables(self):
        values = {'domain': 'default', 'sip_ip': self.address, 'internal_sip_port': self.sip_port,
                  'esl_port': self.event_socket_port, 'esl_password': self.event_socket_password,
                  'hold_music': f'tone_stream://%(10000,0,{MUSIC_TONE});loops=-1'}
        lines = [f'  <X-PRE-PROCESS cmd="set" data="{name}={value}"/>'
                 for name, value in values.items()]
        return '\n'.join(['<include>', *lines, '</include>', ''])

    def _callcenter(self):
        lines = ['<configuration name="callcenter.conf" description="Queues">',
                 *_section('settings', _parameters(self.settings, 4)), '  <queues>']
        for name, parameters in self.queues.items():
            lines.append(f'    <queue name="{name}">')
            lines += _parameters({**QUEUE_PARAMETERS, **parameters}, 6)
            lines.append('    </queue>')
        lines += ['  </queues>', *_section('agents', _elements('agent', self.agents)),
                  *_section('tiers', _elements('tier', self.tiers)), '</configuration>', '']
        return '\n'.join(lines)

    def _settings(self, name, values):
        return '\n'.join([f'<configuration name="{name}.conf" description="">', '  <settings>',
                          *_parameters(values, 4), '  </settings>', '</configuration>', ''])

    def _directory(self):
        lines = ['<domain name="default">', '  <params>',
                 *_parameters({'dial-string': DIAL_STRING}, 4), '  </params>', '  <groups>',
                 '    <group name="default">', '      <users>']
        for user, password in self.users.items():
            lines += [f'        <user id="{user}">', '          <params>',
                      *_parameters({'password': password}, 12), '          </params>',
                      '          <variables>',
                      '            <variable name="user_context" value="default"/>',
                      '          </variables>', '        </user>']
        return '\n'.join([*lines, '      </users>', '    </group>', '  </groups>', '</domain>', ''])

    def _profile(self):
        parameters = {**PROFILE_PARAMETERS, **self.profile}
        return '\n'.join(['<profile name="internal">', '  <domains>',
                          '    <domain name="$${domain}" alias="false" parse="false"/>',
                          '  </domains>', '  <settings>', *_parameters(parameters, 4),
                          '  </settings>', '</profile>', ''])


def _parameters(values, indent):
    return [f'{" " * indent}<param name="{name}" value={quoteattr(str(value))}/>'
            for name, value in values.items()]


def _section(name, lines):
    return [f'  <{name}>', *lines, f'  </{name}>'] if lines else [f'  <{name}/>']


def _elements(name, attributes):
    return ['    <' + ' '.join([name, *(f'{key}={quoteattr(str(value))}'
                                        for key, value in one.items())]) + '/>'
            for one in attributes]


FREESWITCH = """<?xml version="1.0"?>
<document type="freeswitch/xml">
  <X-PRE-PROCESS cmd="include" data="vars.xml"/>
  <section name="configuration" description="Settings">
    <X-PRE-PROCESS cmd="include" data="autoload_configs/*.xml"/>
  </section>
  <section name="dialplan" description="Dialplan">
    <X-PRE-PROCESS cmd="include" data="dialplan/*.xml"/>
  </section>
  <section name="directory" description="Users">
    <X-PRE-PROCESS cmd="include" data="directory/*.xml"/>
  </section>
</document>
"""

SOFIA = """<configuration name="sofia.conf" description="SIP">
  <global_settings>
    <param name="log-level" value="0"/>
  </global_settings>
  <profiles>
    <X-PRE-PROCESS cmd="include" data="../sip_profiles/*.xml"/>
  </profiles>
</configuration>
"""

DIALPLAN = """<context name="default">
  <extension name="support">
    <condition field="destination_number" expression="^7000$">
      <action application="callcenter" data="support@default"/>
    </condition>
  </extension>
  <extension name="queue">
    <condition field="destination_number" expression="^q-(.+)$">
      <action application="callcenter" data="$1@default"/>
    </condition>
  </extension>
  <extension name="ringing">
    <condition field="destination_number" expression="^ringing$">
      <action application="ring_ready"/>
      <action application="park"/>
    </condition>
  </extension>
</context>
"""
