"""A speech engine that adapts and recognises on the CPU.

A library without Django: paths and dataclasses in, results out. Import the module that does
the job; the heavy ones (`preparation`, `recognition`, `training`) only where they are needed.
"""
