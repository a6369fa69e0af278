"""A home behind a router that translates addresses, as three network namespaces of this machine.

    phones 192.168.77.2 ── 192.168.77.1 router 198.51.100.2 ── 198.51.100.1 server

The router gives each connection another port, as home routers do. Needs root.
"""
import ctypes
import os
import shutil
import subprocess

SERVER, ROUTER, OTHER_ROUTER = '198.51.100.1', '198.51.100.2', '198.51.100.3'
HOME_GATEWAY, HOME = '192.168.77.1', '192.168.77.2'
CLONE_NEWNET = 0x40000000    # <linux/sched.h>; os.setns came with Python 3.12.
TRANSLATION = """table ip home {
  chain leaving {
    type nat hook postrouting priority 100;
    oifname "wan" meta l4proto { tcp, udp } masquerade to :40000-50000
  }
}
"""


def is_permitted():
    """Whether this machine lets us make such networks."""
    if os.geteuid() != 0 or not all(map(shutil.which, ('ip', 'nft'))):
        return False
    try:
        HomeNetwork().close()
    except subprocess.CalledProcessError:
        return False
    return True


class HomeNetwork:
    """Three namespaces that are gone with it."""

    def __init__(self):
        self._outside = os.open('/proc/self/ns/net', os.O_RDONLY)
        self.server, self.router, self.home = (f'rm-{os.getpid()}-{name}'
                                               for name in ('server', 'router', 'home'))
        try:
            self._build()
        except subprocess.CalledProcessError:
            self.close()
            raise

    def close(self):
        """Leaves and removes them."""
        self.leave()
        os.close(self._outside)
        for name in (self.server, self.router, self.home):
            subprocess.run(['ip', 'netns', 'del', name], check=False, capture_output=True)

    def enter(self, name=None):
        """From now on this thread makes its sockets at home, or in the namespace of that name."""
        with open(f'/run/netns/{name or self.home}', 'rb') as namespace:
            _set_namespace(namespace.fileno())

    def leave(self):
        """This thread makes its sockets where it did at first."""
        _set_namespace(self._outside)

    def change_address(self):
        """The provider gives the router another address, and all translations are lost."""
        self._ip(self.router, f'addr del {ROUTER}/24 dev wan')
        self._ip(self.router, f'addr add {OTHER_ROUTER}/24 dev wan')

    def _build(self):
        for name in (self.server, self.router, self.home):
            _run('ip', 'netns', 'add', name)
            self._ip(name, 'link set lo up')
        _run('ip', 'link', 'add', 'wan', 'netns', self.server, 'type', 'veth', 'peer', 'name',
             'wan', 'netns', self.router)
        _run('ip', 'link', 'add', 'lan', 'netns', self.home, 'type', 'veth', 'peer', 'name', 'lan',
             'netns', self.router)
        for name, link, address in ((self.server, 'wan', SERVER), (self.router, 'wan', ROUTER),
                                    (self.router, 'lan', HOME_GATEWAY), (self.home, 'lan', HOME)):
            self._ip(name, f'addr add {address}/24 dev {link}')
            self._ip(name, f'link set {link} up')
        self._ip(self.home, f'route add default via {HOME_GATEWAY}')
        _run('ip', 'netns', 'exec', self.router, 'tee', '/proc/sys/net/ipv4/ip_forward', text='1')
        _run('ip', 'netns', 'exec', self.router, 'nft', '-f', '-', text=TRANSLATION)

    def _ip(self, namespace, command):
        _run('ip', '-n', namespace, *command.split())


def _run(*command, text=''):
    subprocess.run(command, check=True, capture_output=True, input=text.encode())


def _set_namespace(descriptor):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(descriptor, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), 'setns')
