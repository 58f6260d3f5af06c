"""What hostile texts are sprinkled with: the marks at which a text changes its meaning."""

from __future__ import annotations

_WRITTEN = """
< > </ /> <!-- --> --!> <![CDATA[ ]]> <? [ ] [[ ]] [/ & &# ; &amp; &#x27; &nbsp; " ' -- --- ... `` = %0a ://
<p> </p> <pre> <script> <style~ <br~/> <img~src= <a~href= <object <svg <math [gallery [caption [/caption]
[embed] [audio~src= [video <!--~wp: <!--~/wp: ~/--> <!--~wp:group~{ <!--~wp:image~{ <!--~wp:block~{"ref":
<!--~wp:latest-posts~ <!--more--> <!--nextpage--> javascript: data: http:// https://a.example/b.mp3 www.
style= class= url( var( calc( -gradient( :) 8-) 9x9 5~' "layout":{ "style":{ {"a":"
"""
SIGNS = (*(sign.replace("~", " ") for sign in _WRITTEN.split()), "\n\n", "\0", "\r\n", " ", "\t")
