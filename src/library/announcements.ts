/** How the library speaks: messages on `diagnostics_channel`, seen only when someone listens. */
import { channel } from 'node:diagnostics_channel';
import { CHANNELS } from '../../tracker/protocol.ts';

const channels = {
  enter: channel(CHANNELS.enter),
  exit: channel(CHANNELS.exit),
  cancel: channel(CHANNELS.cancel),
  use: channel(CHANNELS.use),
  declare: channel(CHANNELS.declare),
  taskStarted: channel(CHANNELS.taskStarted),
  taskReturned: channel(CHANNELS.taskReturned),
  query: channel(CHANNELS.query),
};

export type Announcement = keyof typeof channels;

/** Whether anyone, usually the tracker, listens to this announcement. */
export function isHeard(announcement: Announcement): boolean {
  return channels[announcement].hasSubscribers;
}

export function publish(announcement: Announcement, message: object): void {
  channels[announcement].publish(message);
}
