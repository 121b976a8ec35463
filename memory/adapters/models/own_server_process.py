"""The program that ``OwnServer`` runs: llama.cpp's server, in a process of its own.

Not in the app's process: llama.cpp holds the interpreter while it loads and, for half a minute,
while it ends in the middle of an answer; where it fails it ends the process; and only the end of a
process surely empties its memory of what was said. It is run by its path, and imports nothing of
the app, so that it is there at once.

Its first line of input is what to run, as JSON, with the key, which the command line would show to
every user of the computer. Its only line of output is the address. When its input ends, because the
app ended it or was itself ended in whatever way, so does it.
"""

import json
import os
import signal
import sys
from typing import Any


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the app's, which then ends this
    server = serve(json.loads(sys.stdin.readline()))
    print(server.listening_address, flush=True)  # noqa: T201 - the app reads it
    sys.stdin.read()
    os._exit(0)  # at once: an orderly end would first finish the answer


def serve(what: dict[str, Any]) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = what["weights"]
    params.model_alias = {what["name"]}  # else its answers carry the path of the weights
    params.n_ctx = what["context_tokens"]
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = what["threads"]
    params.n_parallel = 1  # one person; every other would take a share of the context
    # Between batches it notices that nobody waits any more.
    params.n_batch = params.n_ubatch = what["batch"]
    # As its makers advise; llama.cpp's own are for models that know better what they say.
    params.sampling.temp, params.sampling.top_p = what["temperature"], what["top_p"]
    _keep_to_this_computer(params, what["key"])
    _keep_nothing(params)
    return xllamacpp.Server(params)


def _keep_to_this_computer(params: Any, key: str) -> None:
    params.hostnames = ["127.0.0.1"]
    params.port = 0  # any that is free
    params.api_keys = [key]
    params.cors_origins = ""  # no web page
    params.cors_credentials = False
    params.offline = True
    params.ui = False
    params.endpoint_slots = params.endpoint_props = params.endpoint_metrics = False


def _keep_nothing(params: Any) -> None:
    """Nothing said is logged, written, or kept for a next question. In freed memory it can be found
    for some questions more: gone it is when the process has ended."""
    params.verbosity = -1
    params.cache_prompt = params.cache_idle_slots = False
    params.cache_ram_mib = 0
    params.n_ctx_checkpoints = 0
    params.slot_save_path = params.path_prompt_cache = params.path_prompts_log_dir = ""


if __name__ == "__main__":
    main()
