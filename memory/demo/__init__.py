"""The article's six scripts as walks through the real engine: ``python -m memory.demo``.

One module a walk, each with one function ``walk(scratch)``. ``scratch`` is what a walk is given: a
file that is gone afterwards, and a clock that the walk moves. ``printing`` is how it is written.
They go through the door like any other program: they import ``memory`` and nothing behind it.

"The article" is “Context Engineering Deep Dive, part 5: Memory Systems”. Its inputs are used as
its readers know them, and where its output is spoken of, it is the one that it prints.
"""
