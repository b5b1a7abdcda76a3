// Scans that wait for the net go out in their order, one after the other, each until it is answered.
import * as store from "./store.js";

const alone = (deed) => (navigator.locks ? navigator.locks.request("callboard-door", deed) : deed());

// What was answered this time. Breaks off where the net does; what is left waits for the next time.
export function report(api) {
  return alone(async () => {
    const answered = [];
    for (const { name, ...scan } of await store.waiting()) {
      const said = await api.redeem(scan);
      await store.drop(scan.nonce);
      answered.push({ scan: { name, ...scan }, said });
    }
    return answered;
  });
}
