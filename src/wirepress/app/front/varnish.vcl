# Wirepress behind Varnish, which keeps answers and is told what was written: see docs/front.md.
# Needs varnish-modules. Varnish listens at a second address, for purges, which nobody else may reach:
#   varnishd -a {{listen}} -a purge={{purge}} -f this-file -s malloc,1g

vcl 4.1;

import std;
import var;
import xkey;

backend wirepress {
    .host = "{{origin_host}}";
    .port = "{{origin_port}}";
    .first_byte_timeout = 300s;
    .between_bytes_timeout = 300s;
}

# What is known, for all requests: `position`, the epoch up to which we were told; `gate`, the epoch that an answer must
# hold for to be kept; `heard`, when we were told last.

sub vcl_recv {
    unset req.http.X-Wirepress-Purge;
    unset req.http.X-Wirepress-Gone;
    if (local.socket == "purge") {
        if ("{{token}}" != "" && req.http.Authorization != "Bearer {{token}}") {
            return (synth(403));
        }
        if (req.method == "GET") {
            return (synth(200));
        }
        if (req.method != "PURGE" || req.http.X-Wirepress-After !~ "^[0-9]+$" || req.http.X-Wirepress-Epoch !~ "^[0-9]+$") {
            return (synth(400));
        }
        # One after the other, as those are made who ask for one address.
        set req.http.X-Wirepress-Purge = "yes";
        return (hash);
    }
    set req.http.X-Wirepress-Epoch = var.global_get("position");
    if (req.restarts == 0) {
        if (std.port(server.ip) == 443) {
            set req.http.X-Forwarded-Proto = "https";
        } else {
            set req.http.X-Forwarded-Proto = "http";
        }
    }
    # Who sends one of these asks for more than the address says, and is never answered from what is kept.
    if (req.method != "GET" || req.http.Cookie ~ "{{cookies}}"
        || (req.http.Content-Length && req.http.Content-Length != "0"){{personal}}) {
        return (pass);
    }
    # Nobody has told us lately what was written.
    if (std.integer(time=now) - std.integer(var.global_get("heard"), 0) > {{lease}}) {
        return (pass);
    }
    # With q=0 it is not taken.
    if (req.http.Accept-Encoding ~ "(?i)(?:^|,)\s*gzip\s*(?:,|$|;\s*q=(?:1|0?\.0*[1-9]))") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }
    return (hash);
}

sub vcl_hash {
    if (req.http.X-Wirepress-Purge) {
        hash_data("purge");
    } else {
        hash_data(req.url);
    }
    return (lookup);
}

sub vcl_hit {
    # An answer that was begun before a purge and came with it may not have been dropped yet.
    if (obj.age < 0.5s && std.integer(obj.http.X-Wirepress-Epoch, -1) < std.integer(var.global_get("gate"), 0)) {
        set req.http.X-Wirepress-Gone = xkey.purge(obj.http.X-Wirepress-Id);
        if (req.restarts == 0) {
            return (restart);
        }
        return (pass);
    }
    return (deliver);
}

sub vcl_backend_fetch {
    if (bereq.http.X-Wirepress-Purge) {
        return (error(200, "OK"));
    }
    return (fetch);
}

sub vcl_backend_response {
    set beresp.grace = 0s;
    set beresp.keep = 0s;
    if (bereq.uncacheable || beresp.http.Set-Cookie || !beresp.http.X-Wirepress-Epoch
        || beresp.http.Surrogate-Control !~ "^max-age=[0-9]+$") {
        # Others who ask for it do not wait for each other.
        set beresp.uncacheable = true;
        set beresp.ttl = 120s;
        return (deliver);
    }
    if (!var.global_get("gate")
        || std.integer(beresp.http.X-Wirepress-Epoch, -1) < std.integer(var.global_get("gate"), 0)) {
        # Begun before a purge that may mean it.
        set beresp.uncacheable = true;
        set beresp.ttl = 0s;
        return (deliver);
    }
    set beresp.ttl = std.duration(regsub(beresp.http.Surrogate-Control, "^max-age=([0-9]+)$", "\1s"), 0s);
    set beresp.http.X-Wirepress-Id = "id:" + bereq.xid;
    set beresp.http.xkey = beresp.http.xkey + " all " + beresp.http.X-Wirepress-Id;
    return (deliver);
}

# A purge is taken in two steps. First the gate, which one after the other may move: whatever comes after it is held
# back. Then, in vcl_deliver, what was kept before is dropped.
sub vcl_backend_error {
    if (bereq.http.X-Wirepress-Purge) {
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        set beresp.keep = 0s;
        set beresp.body = "";
        if (bereq.http.X-Wirepress-Tags != "*" && (!var.global_get("position")
            || std.integer(bereq.http.X-Wirepress-After, 0) > std.integer(var.global_get("position"), -1))) {
            set beresp.status = 409;
        } elsif (bereq.http.X-Wirepress-Anew
            || std.integer(bereq.http.X-Wirepress-Epoch, 0) > std.integer(var.global_get("gate"), -1)) {
            var.global_set("gate", bereq.http.X-Wirepress-Epoch);
        }
        return (deliver);
    }
}

sub wirepress_drop {
    if (req.http.X-Wirepress-Tags == "*") {
        set req.http.X-Wirepress-Gone = xkey.purge("all");
    } else {
        set req.http.X-Wirepress-Gone = xkey.purge(req.http.X-Wirepress-Tags);
    }
    if (req.http.X-Wirepress-Anew
        || std.integer(req.http.X-Wirepress-Epoch, 0) > std.integer(var.global_get("position"), -1)) {
        var.global_set("position", req.http.X-Wirepress-Epoch);
    }
    var.global_set("heard", "" + std.integer(time=now));
}

sub vcl_deliver {
    if (req.http.X-Wirepress-Purge) {
        if (resp.status == 200) {
            call wirepress_drop;
        }
        set resp.http.X-Wirepress-Epoch = var.global_get("position");
        return (deliver);
    }
    # It can be found by now: if a purge came between, it was not found by that.
    if (obj.hits == 0 && resp.http.X-Wirepress-Id
        && std.integer(resp.http.X-Wirepress-Epoch, -1) < std.integer(var.global_get("gate"), 0)) {
        set req.http.X-Wirepress-Gone = xkey.purge(resp.http.X-Wirepress-Id);
    }
    unset resp.http.X-Wirepress-Epoch;
    unset resp.http.X-Wirepress-Id;
    unset resp.http.xkey;
    unset resp.http.Surrogate-Control;
    unset resp.http.Age;
    unset resp.http.Via;
    unset resp.http.X-Varnish;
    return (deliver);
}

sub vcl_synth {
    if (local.socket == "purge") {
        set resp.http.X-Wirepress-Epoch = var.global_get("position");
        set resp.body = "";
        return (deliver);
    }
}
