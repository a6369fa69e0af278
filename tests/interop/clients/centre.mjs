// What a call-centre panel does with the server (spec/08 section 6): every command that it sends, and
// how it reads the replies. `panel` is one library's connection behind four functions:
//   api(text): the reply's text, errors included;   events: an Events that takes all as objects;
//   background(text): as api, by bgapi;             send(name, headers): the Reply-Text.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';

const LIMIT = 60_000; // Milliseconds to wait for an event; it comes within one, but for schedules.

// The events that a library has given so far; it tells of each new one.
export class Events extends EventEmitter {
  all = [];

  take(event) {
    this.all.push(event);
    this.emit('event');
  }
}

// Lists are read by the names in their header; `+OK` in place of a header means no rows, and the one
// behind them is skipped.
export function rowsOf(text) {
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines[0] === '+OK') return [];
  const names = lines[0].split('|');
  return lines.slice(1).filter((line) => line !== '+OK').map((line) => {
    const values = line.split('|');
    assert.equal(values.length, names.length, line);
    return Object.fromEntries(names.map((name, place) => [name, values[place]]));
  });
}

class Centre {
  constructor(panel, scene) {
    Object.assign(this, { panel, ...scene });
    this.agent = randomUUID();
  }

  async says(command, wanted) {
    const reply = await this.panel.api(command);
    console.log(`${command} -> ${reply.split('\n', 1)[0]}`);
    if (wanted instanceof RegExp) assert.match(reply, wanted, command);
    else assert.equal(reply, wanted, command);
    return reply;
  }

  configure(command, wanted = '+OK\n') {
    return this.says(`callcenter_config ${command}`, wanted);
  }

  set(key, value, wanted) {
    return this.configure(`agent set ${key} ${this.agent} '${value}'`, wanted);
  }

  async rows(list, columns) {
    const rows = rowsOf(await this.panel.api(`callcenter_config ${list}`));
    console.log(`${list} -> ${rows.length} rows`);
    for (const row of rows) for (const name of columns.split(' ')) assert.ok(name in row, name);
    return rows;
  }

  // The first event with these headers.
  async event(wanted) {
    const fits = (event) => Object.entries(wanted).every(([name, value]) => event[name] === value);
    const signal = AbortSignal.timeout(LIMIT);
    for (;;) {
      const found = this.panel.events.all.find(fits);
      if (found) return found;
      await once(this.panel.events, 'event', { signal })
        .catch(() => assert.fail(`no event ${JSON.stringify(wanted)}`));
    }
  }

  action(name, others = {}) {
    return this.event({ 'Event-Subclass': 'callcenter::info', 'CC-Action': name, ...others });
  }
}

async function makeTheAgent(centre) {
  await centre.configure(`agent add ${centre.agent} 'Callback'`);
  await centre.configure(`agent add ${centre.agent} 'Callback'`, '-ERR Agent already exist!\n');
  await centre.set('contact', `{call_timeout=30,domain_name=default,domain_uuid=${randomUUID()},`
    + `extension_uuid=${randomUUID()},sip_h_caller_destination=\${caller_destination}}`
    + `user/${centre.agentUser}@default`);
  const delays = ['reject_delay_time', 'busy_delay_time', 'no_answer_delay_time', 'max_no_answer'];
  for (const key of delays) await centre.set(key, 5);
  await centre.set('wrap_up_time', 0);
  await centre.set('state', 'Waiting');
  await centre.set('status', 'Do Not Disturb', '-ERR Invalid Agent Status!\n');
  await centre.configure('agent set status 1001@default Available', '-ERR Agent not found!\n');
  await centre.configure(`agent get status ${centre.agent}`, 'Logged Out');
}

async function makeItsTier(centre) {
  const pair = `${centre.queue} ${centre.agent}`;
  await centre.configure(`tier add ${pair} 1 1`);
  await centre.configure(`tier add ${pair} 2 3`, '-ERR Tier already exist!\n');
  await centre.configure(`tier set level ${pair} 2`);
  await centre.configure(`tier set position ${pair} 3`);
  await centre.configure(`tier set position ${centre.queue} 3`, '-ERR Invalid!\n');
  const [tier] = await centre.rows('tier list', 'queue agent state level position');
  assert.deepEqual([tier.queue, tier.agent, tier.level, tier.position],
    [centre.queue, centre.agent, '2', '3']);
}

async function loadQueues(centre) {
  await centre.says('reloadxml', '+OK [Success]\n');
  for (const step of ['load', 'unload', 'load', 'reload']) {
    await centre.configure(`queue ${step} ${centre.emptyQueue}`);
  }
  assert.deepEqual(await centre.rows(`queue list agents ${centre.emptyQueue}`, ''), []);
}

async function seeTheConversation(centre) {
  await centre.set('status', 'Available');
  await centre.action('bridge-agent-start', { 'CC-Agent': centre.agent });
  await centre.action('agent-state-change', { 'CC-Agent-State': 'In a queue call' });
  await centre.configure(`agent get status ${centre.agent}`, 'Available');

  const columns = 'name uuid contact status state max_no_answer wrap_up_time reject_delay_time '
    + 'busy_delay_time no_answer_delay_time last_bridge_start last_bridge_end last_offered_call '
    + 'last_status_change no_answer_count calls_answered talk_time ready_time';
  const lists = ['agent list', `agent list ${centre.agent}`, `queue list agents ${centre.queue}`];
  for (const list of lists) {
    const [agent] = await centre.rows(list, columns);
    assert.deepEqual([agent.name, agent.status, agent.state, agent.calls_answered],
      [centre.agent, 'Available', 'In a queue call', '1']);
  }
  const [tier] = await centre.rows(`queue list tiers ${centre.queue}`, 'queue agent state');
  assert.equal(tier.state, 'Active Inbound');
  const members = await centre.rows(`queue list members ${centre.queue}`,
    'queue uuid session_uuid cid_number cid_name system_epoch joined_epoch rejoined_epoch '
    + 'bridge_epoch abandoned_epoch base_score skill_score serving_agent state score');
  const talking = members.find((row) => row.state === 'Answered');
  const waiting = members.find((row) => row.state === 'Waiting');
  assert.deepEqual([talking.serving_agent, waiting.serving_agent], [centre.agent, '']);
  return { talking: talking.session_uuid, waiting: waiting.session_uuid };
}

async function readVariables(centre, uuid) {
  await centre.says(`uuid_getvar ${uuid} cc_queue`, centre.queue);
  await centre.says(`uuid_getvar ${uuid} cc_side`, 'member');
  await centre.says(`uuid_getvar ${uuid} cc_queue_joined_epoch`, /^\d{10}$/);
  await centre.says(`uuid_getvar ${uuid} call_center_queue_uuid`, centre.queueUuid);
}

// A supervisor's phone is called and listens to the conversation.
async function listen(centre, uuid) {
  const said = await centre.says(
    `originate {origination_caller_id_name=Eavesdrop}user/${centre.supervisorUser}@default `
    + `&eavesdrop(${uuid})`, /^\+OK [0-9a-f-]{36}\n$/);
  const supervisor = said.split(' ')[1].trim();
  await centre.says(`uuid_getvar ${supervisor} current_application`, 'eavesdrop');
  await centre.says(`uuid_kill ${supervisor}`, '+OK\n');
}

async function moveLegs(centre, { talking, waiting }) {
  await centre.says(`uuid_transfer ${waiting} ${centre.elsewhere} XML default`, /^\+OK/);
  await centre.action('member-queue-end', {
    'CC-Member-Session-UUID': waiting, 'CC-Cause': 'Cancel', 'CC-Cancel-Reason': 'BREAK_OUT' });
  await centre.says(`uuid_transfer ${talking} -bleg ${centre.elsewhere} XML default`, /^\+OK/);
  await centre.action('bridge-agent-end', { 'CC-Agent': centre.agent });
}

// As login scripts do: the status changes a moment later.
async function scheduleAStatus(centre) {
  await centre.says(`sched_api +1 none callcenter_config agent set status ${centre.agent} 'On Break'`,
    /^\+OK/);
  await centre.action('agent-status-change',
    { 'CC-Agent': centre.agent, 'CC-Agent-Status': 'On Break' });
}

async function tellPresence(centre) {
  const login = `agent+${centre.agent}@default`;
  const headers = { proto: 'agent', login, from: login, status: 'Available', rpid: 'unknown',
    event_type: 'presence', alt_event_type: 'dialog', event_count: '1',
    'unique-id': randomUUID(), 'Presence-Call-Direction': 'outbound', 'answer-state': 'confirmed' };
  assert.match(await centre.panel.send('PRESENCE_IN', headers), /^\+OK /);
  const event = await centre.event({ 'Event-Name': 'PRESENCE_IN', login });
  assert.deepEqual([event.proto, event['answer-state']], ['agent', 'confirmed']);
}

async function removeAll(centre) {
  await centre.set('status', 'Logged Out');
  await centre.configure(`tier del ${centre.queue} ${centre.agent}`);
  assert.deepEqual(await centre.rows('tier list', ''), []);
  await centre.configure(`agent del ${centre.agent}`);
  assert.deepEqual(await centre.rows('agent list', ''), []);
}

// The whole visit of one panel. It finds two callers in the queue and phones that answer.
export async function visit(panel, scene) {
  const centre = new Centre(panel, scene);
  await centre.says('callcenter_config no_such thing at all', '-ERR no reply\n');
  await centre.says('no_such_command', '-ERR no_such_command Command not found!\n');
  assert.match(await panel.background('status'), /^UP /);
  await makeTheAgent(centre);
  await makeItsTier(centre);
  await loadQueues(centre);
  const legs = await seeTheConversation(centre);
  await readVariables(centre, legs.talking);
  await listen(centre, legs.talking);
  await moveLegs(centre, legs);
  await scheduleAStatus(centre);
  await tellPresence(centre);
  await removeAll(centre);
}
