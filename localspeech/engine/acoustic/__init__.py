"""Adapting the acoustic model to recordings with transcripts.

Sound becomes `features`; `graph` and `viterbi` find which state of which triphone each frame
belongs to; `statistics` adds up what the frames say about the Gaussians; `estimation` makes new
means and mixture weights of it; `delta` keeps only what changed.
"""
