"""What a process takes of the machine: CPU time and memory, as the kernel counts them."""
import os
import time
from pathlib import Path

TICKS_PER_SECOND = os.sysconf('SC_CLK_TCK')


class Usage:
    """Measures from its making on."""

    def __init__(self, process_id):
        self._folder = Path(f'/proc/{process_id}')
        self._cpu, self._at = self.cpu_seconds(), time.monotonic()

    def cpu_seconds(self):
        """CPU time since the process began."""
        fields = (self._folder / 'stat').read_text().rpartition(')')[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    def cpu_used(self):
        """CPU seconds since the making."""
        return self.cpu_seconds() - self._cpu

    def cpu_share(self):
        """Cores used on average since the making."""
        return self.cpu_used() / (time.monotonic() - self._at)

    def memory(self):
        """Bytes that the process holds in RAM."""
        lines = (self._folder / 'status').read_text().splitlines()
        kilobytes = next(line.split()[1] for line in lines if line.startswith('VmRSS:'))
        return int(kilobytes) * 1024
