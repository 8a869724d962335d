"""Document -> mentions: the lexicon's automaton, open classes, the segmenter and the overlap policy."""
