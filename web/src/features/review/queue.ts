// The queue as it was last shown: reading one filing goes on to the next without coming back to the list.
import { shallowRef } from 'vue';

export interface Queued { filing: string; route: string }
export const queue = shallowRef<Queued[]>([]);
