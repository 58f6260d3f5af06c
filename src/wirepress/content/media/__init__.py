"""The media library: `library` keeps files, describes and removes them; `sniffing` tells what a file is, `pictures`
makes the `sizes` of pictures, `captions` and `sounds` read what a file says of itself.
"""
