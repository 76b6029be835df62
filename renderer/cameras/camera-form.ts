// The values of the camera form and what becomes of them on the way to the station. Pure.
import * as z from 'zod';
import {
  type Camera,
  CameraName,
  type CameraSourceInput,
  Password,
  SourceUrl,
  Transport,
  Username,
} from '../../electron/contract/shapes.ts';

/** The contract's own limits, so that the form says at once what the station would refuse. */
export const CameraFormShape = z.object({
  url: SourceUrl,
  username: Username,
  password: Password,
  transport: Transport,
  name: CameraName,
  /** Empty without one. */
  subUrl: z.union([z.literal(''), SourceUrl]),
});
export type CameraForm = z.infer<typeof CameraFormShape>;

/** A new name alone. */
export const CameraNameShape = CameraFormShape.pick({ name: true });

export const emptyCameraForm: CameraForm = {
  url: '',
  username: '',
  password: '',
  transport: 'tcp',
  name: '',
  subUrl: '',
};

/** What a test or a new camera is made from; a field left empty is not sent. */
export function sourceOf(form: CameraForm): z.input<typeof CameraSourceInput> {
  return {
    url: form.url.trim(),
    transport: form.transport,
    ...(form.username === '' ? {} : { username: form.username }),
    ...(form.password === '' ? {} : { password: form.password }),
  };
}

/** The sub stream's address as it is sent; nothing when the field is empty. */
export function subOf({ subUrl }: Pick<CameraForm, 'subUrl'>): { readonly subUrl?: string } {
  const url = subUrl.trim();
  return url === '' ? {} : { subUrl: url };
}

/** The form of a camera that is there, with all that is known of where its pictures come from: never its sign-in. */
export function cameraFormOf({ name, source }: Camera): CameraForm {
  if (source.kind === 'test-pattern') return { ...emptyCameraForm, name };
  const transport = source.kind === 'rtsp' ? source.transport : emptyCameraForm.transport;
  return { ...emptyCameraForm, name, url: source.url, transport };
}

/** Whether two addresses, as far as they are typed, lead to the same host: a stored sign-in goes to no other. */
export function isSameHost(one: string, other: string): boolean {
  return hostOf(one) !== undefined && hostOf(one) === hostOf(other);
}

/** Not every browser reads the host of an rtsp address; that of an http address all do. */
const hostOf = (url: string) => URL.parse(url.trim().replace(/^[a-z]+:/i, 'http:'))?.hostname;

/** The form's field a refusal is about; undefined when it is about none of them. */
export function formField(path: string | undefined): keyof CameraForm | undefined {
  return CameraFormShape.keyof().options.find((field) => field === path);
}
