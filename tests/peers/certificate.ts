// A certificate of its own maker, as cameras have them, for peers that speak TLS.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Certificate and key in PEM, valid for a day. Throws when OpenSSL is not there. */
export async function selfSignedCertificate(): Promise<string> {
  const out = ['-keyout', '-', '-out', '-'];
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=camera', ...out];
  const { stdout } = await promisify(execFile)('openssl', args);
  return stdout;
}
