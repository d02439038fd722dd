import { Alert, Button, ClipboardCopy, Content, FormGroup, Modal, ModalBody, ModalFooter, ModalHeader, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { wrapFragment } from '../../protocol/link';
import type { PaymentLink } from '../api';
import { QrCode } from '../batches/Funding';
import { useAction } from '../common/hooks';
import { Problem } from '../common/parts';
import { useMoney, useSession } from '../session/session';

/** Shows a link once it is asked for (which is audited); can lock it with a passphrase, here in the browser. */
export function RevealDialog({ link, close }: { link: PaymentLink; close: () => void }) {
  const { api } = useSession();
  const money = useMoney();
  const [url, setUrl] = useState('');
  const { busy, error, run } = useAction();
  const reveal = () => run(async () => setUrl((await api.revealLink(link.id)).url));
  return (
    <Modal isOpen onClose={close} variant="medium" aria-labelledby="reveal-title" aria-describedby="reveal-body">
      <ModalHeader title={`${link.reference ?? `Payment ${link.index + 1}`}: ${money(link.amount, link.token)}`} labelId="reveal-title" />
      <ModalBody id="reveal-body">
        <Problem error={error} />
        {url === ''
          ? <Content component="p">Whoever has the link can take the money. Showing it is written to the audit log under your name.</Content>
          : <Revealed url={url} setUrl={setUrl} />}
      </ModalBody>
      <ModalFooter>
        {url === '' && <Button onClick={reveal} isDisabled={busy} isLoading={busy}>Show the link</Button>}
        <Button variant={url === '' ? 'link' : 'primary'} onClick={close}>Close</Button>
      </ModalFooter>
    </Modal>
  );
}

function Revealed({ url, setUrl }: { url: string; setUrl: (url: string) => void }) {
  const [passphrase, setPassphrase] = useState('');
  const [locked, setLocked] = useState(false);
  const { busy, error, run } = useAction();
  const lock = () => run(async () => {
    if (passphrase.length < 8) {
      throw new Error('Use at least 8 characters; several words are easy to say on the phone.');
    }
    const [page, fragment] = url.split('#');
    setUrl(`${page}#${await wrapFragment(fragment!, passphrase)}`);
    setLocked(true);
  });
  // A link with several notes is longer than a QR code that a phone reads well.
  const fitsQr = url.length <= 900;
  return (
    <>
      <ClipboardCopy isReadOnly hoverTip="Copy" clickTip="Copied" textAriaLabel="Payment link">{url}</ClipboardCopy>
      {fitsQr && <div className="walnut-qr walnut-link-qr"><QrCode text={url} label="The link as a QR code" /></div>}
      {locked
        ? <Alert component="p" variant="success" isInline isPlain title="Locked. Tell the passphrase by another way than the link." />
        : <form className="walnut-lock" onSubmit={(e) => { e.preventDefault(); lock(); }}>
          <FormGroup label="Lock with a passphrase (optional)" fieldId="passphrase">
            <TextInput id="passphrase" value={passphrase} autoComplete="off" onChange={(_, v) => setPassphrase(v)} />
          </FormGroup>
          <Button variant="secondary" type="submit" isDisabled={busy} isLoading={busy}>Lock</Button>
        </form>}
      <Problem error={error} />
    </>
  );
}

/** Mails links to their recipients; says for which of them no address is known. */
export function MailDialog({ links, close, done }: { links: PaymentLink[]; close: () => void; done: (note: string) => void }) {
  const { api } = useSession();
  const only = links.length === 1 ? links[0] : undefined;
  const [address, setAddress] = useState(only?.email ?? '');
  const [sent, setSent] = useState(0);
  const { busy, error, run } = useAction();
  const mailed = only ? links : links.filter((link) => link.email);
  const send = () => run(async () => {
    if (only && !/^[^\s@]+@[^\s@]+$/.test(address.trim())) {
      throw new Error('Enter the recipient’s e-mail address, such as ana@example.org.');
    }
    for (const [i, link] of mailed.entries()) {
      await api.sendLink(link.id, only && address.trim() !== link.email ? address.trim() : undefined);
      setSent(i + 1);
    }
    close();
    done(mailed.length === 1 ? 'The mail is on its way; the timeline shows when it has been sent.' : `${mailed.length} mails are on their way; each link’s timeline shows when it has been sent.`);
  });
  return (
    <Modal isOpen onClose={close} variant="small" aria-labelledby="mail-title" aria-describedby="mail-body">
      <ModalHeader title={only ? 'Send this link by mail' : `Send ${mailed.length} ${mailed.length === 1 ? 'link' : 'links'} by mail`} labelId="mail-title" />
      <ModalBody id="mail-body">
        <Content component="p">Whoever can read the mail can take the money: the recipient, and those who run the mail servers on its way.</Content>
        {only && (
          <FormGroup label="Recipient’s address" fieldId="mail-address">
            <TextInput id="mail-address" type="email" value={address} onChange={(_, v) => setAddress(v)} />
          </FormGroup>)}
        {!only && mailed.length < links.length && <Alert component="p" isInline variant="warning" title={`${links.length - mailed.length} of the chosen links have no address and are left out`} />}
        <p role="status">{busy && mailed.length > 1 && `Handed over ${sent} of ${mailed.length}…`}</p>
        <Problem error={error} />
      </ModalBody>
      <ModalFooter>
        <Button onClick={send} isDisabled={busy || mailed.length === 0} isLoading={busy}>{mailed.length > 1 ? `Send ${mailed.length} mails` : 'Send the mail'}</Button>
        <Button variant="link" onClick={close}>Not now</Button>
      </ModalFooter>
    </Modal>
  );
}

/** Takes the money of links back, after asking. */
export function CancelDialog({ links, close, done }: { links: PaymentLink[]; close: () => void; done: () => void }) {
  const { api } = useSession();
  const { busy, error, run } = useAction();
  const cancel = () => run(async () => {
    for (const link of links) {
      await api.cancelLink(link.id);
    }
    close();
    done();
  });
  return (
    <Modal isOpen onClose={close} variant="small" aria-labelledby="cancel-title" aria-describedby="cancel-body">
      <ModalHeader title={links.length === 1 ? 'Cancel this link?' : `Cancel ${links.length} links?`} labelId="cancel-title" titleIconVariant="warning" />
      <ModalBody id="cancel-body">
        <Content component="p">The money returns to the treasury. If a recipient claims at the same moment, the chain decides who was first.</Content>
        <Problem error={error} />
      </ModalBody>
      <ModalFooter>
        <Button variant="danger" onClick={cancel} isDisabled={busy} isLoading={busy}>Take the money back</Button>
        <Button variant="link" onClick={close}>Keep</Button>
      </ModalFooter>
    </Modal>
  );
}
