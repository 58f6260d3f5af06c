"""The proxy configurations of docs/production.md are such, and leave Wirepress's headers alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.fences import fences
from tests.house.tree import ROOT
from wirepress.app.settings import Settings

PAGE = ROOT / "docs" / "production.md"
OURS = re.compile(r"X-Frame-Options|Content-Security-Policy|X-Content-Type-Options|Referrer-Policy", re.IGNORECASE)
NGINX = """
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


def shown(language: str) -> str:
    (code,) = (fence.code for fence in fences(PAGE) if fence.language == language)
    return code


@pytest.mark.parametrize("language", ["nginx", "caddy"])
def test_they_add_hsts_and_no_header_of_ours(language: str) -> None:
    code = shown(language)
    assert "Strict-Transport-Security" in code
    assert OURS.findall(code) == []
    assert f"127.0.0.1:{Settings(Path()).port}" in code


@pytest.mark.parametrize("language", ["nginx", "caddy"])
def test_they_take_the_largest_upload(language: str) -> None:
    (megabytes,) = re.findall(r"\b(\d+)(?:m|MB)\b", shown(language))
    assert int(megabytes) << 20 == Settings(Path()).body_limit


@pytest.mark.skipif(shutil.which("caddy") is None, reason="Caddy is not on this machine; CI has it (.ci/packages)")
def test_caddy_understands_its_own(tmp_path: Path) -> None:
    (tmp_path / "Caddyfile").write_text(shown("caddy"))
    homes = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **homes})
    assert done.returncode == 0, done.stderr
    command[1] = "adapt"
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **homes})
    assert "caddy fmt" not in done.stderr, "it is not laid out as Caddy lays its files out"
    (server,) = json.loads(done.stdout)["apps"]["http"]["servers"].values()
    (site,) = server["routes"]
    assert (server["listen"], site["match"]) == ([":443"], [{"host": ["news.example"]}])
    handlers = [one["handler"] for one in site["handle"][0]["routes"][0]["handle"]]
    assert handlers == ["headers", "request_body", "reverse_proxy"]


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not on this machine; CI has it (.ci/packages)")
def test_nginx_understands_its_own(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    name = ["-subj", "/CN=news.example", "-days", "2"]
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", *name]
    subprocess.run([*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    site = re.sub(r"/etc/ssl/\S+/privkey\.pem", str(key), shown("nginx"))
    site = re.sub(r"/etc/ssl/\S+/fullchain\.pem", str(certificate), site)
    site = re.sub(r"(listen \S*?)\b(80|443)\b", r"\g<1>1\g<2>", site)  # ports that anybody may listen on
    (tmp_path / "nginx.conf").write_text(NGINX.format(folder=tmp_path, site=site))
    command = ["nginx", "-t", "-q", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
