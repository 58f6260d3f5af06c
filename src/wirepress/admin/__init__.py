"""The newsroom's administration: HTML for those who write, edit and manage, under `/wp-admin/`.

`Admin` routes, says who asks and guards forms; `table` lists the screens; `screens` holds one module a screen; `pages`
has what all pages share.  Screens use the verbs of `content` and `syndicate`; what the API answers they get through a
port that the app gives.
"""
