"""Disks of their own for servers under test, in mount namespaces."""
import subprocess

LIMIT = 60.0                 # Seconds for a command on a busy machine.


def small_disks_can_be_had():
    try:
        return subprocess.run(['unshare', '--user', '--map-root-user', '--mount', 'mount', '-t',
                               'tmpfs', 'tmpfs', '/mnt'], capture_output=True, timeout=LIMIT,
                              check=False).returncode == 0
    except FileNotFoundError:
        return False


class Words:
    """The words before a command; the folder that they name is known only once the lab has one."""

    def __init__(self, make):
        self.make = make

    def __iter__(self):
        return iter(self.make())
