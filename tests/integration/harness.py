"""What every integration test stands on: a lab of its own, whose log is shown after a failure."""
import unittest

from .configuration import Configuration
from .lab import Lab


class ServerCase(Lab, unittest.IsolatedAsyncioTestCase):
    """Each test has its own server and directories, and shows the end of the log when it fails."""

    def configure(self):
        """The configuration of this test's server."""
        return Configuration()

    def run(self, result=None):
        before = _problems(result)
        outcome = super().run(result)
        if result is not None and _problems(result) > before:
            self.print_log()
        self.remove_folder()
        return outcome

    async def asyncSetUp(self):
        self.addAsyncCleanup(self.close_lab)
        await self.open_lab(self.configure())


def _problems(result):
    return len(result.failures) + len(result.errors) if result is not None else 0
