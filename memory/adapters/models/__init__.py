"""Which chat models there are, here and elsewhere, found and connected (``chat_models``).

On this computer: ``local_servers`` asks those that run (over ``json_server``), ``own_server``
starts the one inside the app. ``elsewhere``: providers and other addresses, with what ``prices``
and their own ``listings`` say of their models. How a model is asked for an answer is in ``llm``.
"""
