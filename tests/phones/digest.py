"""Digest credentials with MD5 (RFC 2617), as a phone makes them."""
import hashlib
import re

from .sip_message import new_token

CHALLENGES = {401: ('WWW-Authenticate', 'Authorization'),
              407: ('Proxy-Authenticate', 'Proxy-Authorization')}


def _md5(*parts):
    return hashlib.md5(':'.join(parts).encode()).hexdigest()


def parse_challenge(value):
    """The parameters of a Digest challenge; None when it is of another scheme."""
    scheme, _, rest = value.partition(' ')
    if scheme.lower() != 'digest':
        return None
    pairs = re.findall(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))', rest)
    return {name.lower(): quoted or bare for name, quoted, bare in pairs}


def credentials(challenge, user, password, method, uri):
    """The value of an Authorization header for a parsed challenge."""
    realm, nonce = challenge.get('realm', ''), challenge.get('nonce', '')
    secret, what = _md5(user, realm, password), _md5(method, uri)
    fields = {'username': user, 'realm': realm, 'nonce': nonce, 'uri': uri}
    tail = ', algorithm=MD5'
    if 'auth' in challenge.get('qop', '').split(','):
        fields['cnonce'] = new_token()
        fields['response'] = _md5(secret, nonce, '00000001', fields['cnonce'], 'auth', what)
        tail += ', qop=auth, nc=00000001'
    else:
        fields['response'] = _md5(secret, nonce, what)
    if 'opaque' in challenge:
        fields['opaque'] = challenge['opaque']
    return 'Digest ' + ', '.join(f'{name}="{value}"' for name, value in fields.items()) + tail


def answer_challenge(response, user, password, method, uri):
    """The header (name, value) that answers a 401 or 407; None when it cannot be answered."""
    if response.status not in CHALLENGES or password is None:
        return None
    asked, answered = CHALLENGES[response.status]
    challenge = parse_challenge(response.get(asked))
    if challenge is None:
        return None
    return answered, credentials(challenge, user, password, method, uri)
