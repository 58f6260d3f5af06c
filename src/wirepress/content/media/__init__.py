"""The media library: `library` keeps files and pictures with their `sizes`; `sniffing`, `captions`, `sounds` and
`pictures` read what a file is and says of itself.
"""
