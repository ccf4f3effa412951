"""`python -m studio.supervisor PLAN`: what `manage.py up` becomes once all is prepared."""

import json
import os
import sys

from studio.supervisor.greeting import Greeting
from studio.supervisor.process import Child
from studio.supervisor.supervisor import Supervisor


def say(line: str) -> None:
    """One line for the person at the terminal."""
    print(line, flush=True)


def main() -> None:
    """Run the plan's children until Ctrl-C."""
    plan = json.loads(sys.argv[1])
    children = [Child(name, command, os.environ) for name, command in plan["children"]]
    Supervisor(children, say).run(Greeting(plan["asked"], plan["address"], plan["link"], say))
    say("Stopped.")


main()
