"""A lab with the release binary for the time of one bench."""
import contextlib

from tests.integration.lab import Lab
from tests.integration.server import RELEASE_FIRST


@contextlib.asynccontextmanager
async def opened_lab(configuration=None):
    """Opens a lab and closes it in any case; after an error the server's log is shown."""
    lab = Lab()
    try:
        await lab.open_lab(configuration, RELEASE_FIRST)
        yield lab
    except BaseException:
        lab.print_log()
        raise
    finally:
        try:
            await lab.close_lab()
        finally:
            lab.remove_folder()
