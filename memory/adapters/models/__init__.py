"""Which chat models there are, found and connected; ``chat_models`` is the way in.

``here``, on this computer: ``local_servers`` asks those that run (over ``json_server``),
``own_server`` starts the one inside the app. ``elsewhere``: providers and other addresses, with
what ``prices`` and their own ``listings`` say of their models. ``trying``: the test of a
connection. How a model is asked for an answer is in ``llm``.
"""
