// The panel of centre.mjs over the library esl, which subscribes to the events that it names.
import { FreeSwitchClient, once } from 'esl';
import { Events, visit } from './centre.mjs';

const scene = JSON.parse(process.argv[2]);
const quiet = { debug() {}, info() {}, error: console.error };
const client = new FreeSwitchClient({ ...scene, logger: quiet });
const connected = once(client, 'connect');
client.connect();
const [call] = await connected;

const events = new Events();
for (const name of ['CUSTOM', 'PRESENCE_IN']) call.on(name, ({ body }) => { events.take(body); });
const named = await call.event_json('PRESENCE_IN', 'CUSTOM', 'callcenter::info');
console.log(named.headers['Reply-Text']);

const panel = {
  events,
  // A reply that begins with `-` comes as an exception, which holds it.
  api: async (text) => {
    try {
      return (await call.api(text)).body;
    } catch (error) {
      if (error.res === undefined) throw error;
      return error.res.body;
    }
  },
  background: async (text) => (await call.bgapi(text)).body._body,
  send: async (name, headers) => (await call.sendevent(name, headers)).headers['Reply-Text'],
};
await visit(panel, scene);
await call.exit();
client.end();
