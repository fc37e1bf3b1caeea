"""Checks a report of the evidence log with the public key alone: a second opinion, written from docs/reference/log-format.md.

usage: verify_log.py REPORT... --key VERIFIERKEY [--checkpoint FILE]...   exit 0: all verify; 1: one does not; 2: cannot be checked
Plain Python 3, nothing installed; Ed25519 as in RFC 8032, Merkle trees as in RFC 6962, notes as in C2SP signed-note."""
import argparse, base64, hashlib, json, re, sys

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P

class Bad(Exception):
    pass

def need(holds, code):
    if not holds:
        raise Bad(code)

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def b64(text):
    need(isinstance(text, str), "wrong-format")
    raw = base64.b64decode(text, validate=True)
    need(base64.b64encode(raw).decode() == text, "wrong-format")
    return raw

# Ed25519: points in extended coordinates (X, Y, Z, T).
def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)

def mul(s, p):
    q = (0, 1, 1, 0)
    while s > 0:
        if s & 1:
            q = add(q, p)
        p, s = add(p, p), s >> 1
    return q

def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0

def point(raw):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - x2) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)

BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def ed25519(public, message, signature):
    a, r = point(public), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return same(mul(s, BASE), add(r, mul(h, a)))

def key_from(text):
    match = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", text)
    need(match, "wrong-format")
    name, ident, raw = match[1], bytes.fromhex(match[2]), b64(match[3])
    need(len(raw) == 33 and raw[0] == 1 and sha(name.encode() + b"\n" + raw)[:4] == ident, "wrong-format")
    return name, ident, raw[1:]

def checkpoint(text, origin, keys):
    """Signed by one of the keys: (size, root)."""
    body, _, lines = text.rpartition("\n\n")
    body, parts = body + "\n", body.split("\n")
    need(lines.endswith("\n") and len(parts) >= 3 and re.fullmatch(r"0|[1-9]\d{0,15}", parts[1]), "wrong-format")
    size, root = int(parts[1]), b64(parts[2])
    need(parts[0] == origin, "wrong-origin")
    signatures = [re.fullmatch("— ([^\\s+]+) ([A-Za-z0-9+/=]+)", line) for line in lines[:-1].split("\n")]
    need(all(signatures) and len(root) == 32, "wrong-format")
    for name, ident, public in keys:
        mine = [b64(s[2])[4:] for s in signatures if s[1] == name and b64(s[2])[:4] == ident]
        need(all(ed25519(public, body.encode(), s) for s in mine), "bad-signature")
        if mine and name == origin:
            return size, root
    raise Bad("wrong-key")

def root_from(index, size, leaf, path):
    at, last, root = index, size - 1, leaf
    for other in path:
        if last == 0:
            return None
        if at % 2 or at == last:
            root = sha(b"\1", other, root)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            root = sha(b"\1", root, other)
        at, last = at >> 1, last >> 1
    return root if last == 0 else None

def extends(old, new, path):
    (m, old_root), (n, new_root) = old, new
    if m == n or m == 0:
        return not path and (old_root == new_root if m == n else old_root == sha())
    at, last = m - 1, n - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    path = [old_root] + path if at == 0 else path
    if m > n or not path:
        return False
    a = b = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            a, b = sha(b"\1", other, a), sha(b"\1", other, b)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            b = sha(b"\1", b, other)
        at, last = at >> 1, last >> 1
    return last == 0 and a == old_root and b == new_root

def hashes(items):
    found = [b64(item) for item in items]
    need(len(found) <= 63 and all(len(item) == 32 for item in found), "wrong-format")
    return found

def entry(part, tree):
    text, index = part["leaf"], part["index"]
    root = root_from(index, tree[0], sha(b"\0", text.encode()), hashes(part["path"])) if 0 <= index < tree[0] else None
    need(root == tree[1], "not-in-log")
    leaf = json.loads(text)
    need(leaf["index"] == index, "wrong-index")
    return leaf

def verify(report, trusted, kept):
    need(report["format"] == "parapet-report/1", "wrong-format")
    origin, chain = report["origin"], report["keys"]
    keys = [key_from(text) for text in chain]
    need(any(text in trusted for text in chain), "wrong-key")
    tree = checkpoint(report["checkpoint"], origin, keys[-1:])
    need(len(report["handovers"]) == len(keys) - 1, "bad-handover")
    for i, part in enumerate(report["handovers"]):
        signed = checkpoint(part["checkpoint"], origin, keys[i : i + 1])
        checkpoint(part["checkpoint"], origin, keys[i + 1 : i + 2])
        leaf = entry(part, signed)
        need(leaf["kind"] == "log.key-rotated" and [leaf["data"].get("from"), leaf["data"].get("to")] == chain[i : i + 2], "bad-handover")
        need(extends(signed, tree, hashes(part["consistency"])), "bad-handover")
    leaves = [entry(part, tree) for part in report["entries"]]
    for part, leaf in zip(report["entries"], leaves):
        for field, opened in part.get("opened", {}).items():
            commitment = base64.b64encode(sha(b64(opened["salt"]), opened["value"].encode())).decode()
            need(leaf.get("personal", {}).get(field) == commitment, "bad-commitment")
    contents = {part["sha256"]: b64(part["content"]) for part in report["attachments"] if "content" in part}
    for named in (named for leaf in leaves for named in leaf.get("attachments", [])):
        content = contents.get(named["sha256"])
        need(content is None or (sha(content).hex(), len(content)) == (named["sha256"], named["bytes"]), "attachment-changed")
    older = [(checkpoint(part["checkpoint"], origin, keys), hashes(part["consistency"])) for part in report["older"]]
    need(all(extends(old, tree, path) for old, path in older), "not-an-extension")
    for old in (checkpoint(text, origin, keys) for text in kept):
        need(old[0] <= tree[0], "rolled-back")
        need(old[0] < tree[0] or old == tree, "forked")
        need(old == tree or any(old[0] == known[0] for known, _ in older), "no-consistency-proof")
        need(old == tree or any(old == known for known, _ in older), "not-an-extension")

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("report", nargs="+")
    parser.add_argument("--key", action="append", required=True)
    parser.add_argument("--checkpoint", action="append", default=[])
    wanted = parser.parse_args()
    kept = [open(name, encoding="utf-8", newline="").read() for name in wanted.checkpoint]
    verdicts = [verdict(name, wanted.key, kept) for name in wanted.report]
    print("\n".join(verdicts))
    return 0 if set(verdicts) == {"verified"} else 1

def verdict(name, keys, kept):
    try:
        with open(name, encoding="utf-8", newline="") as file:
            verify(json.load(file), keys, kept)
    except Bad as bad:
        return str(bad)
    except (KeyError, TypeError, ValueError, AttributeError):
        return "wrong-format"
    return "verified"

if __name__ == "__main__":
    sys.exit(main())
