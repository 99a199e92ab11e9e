import { describe, expect, test } from 'vitest'
import { configTable, readConfig } from './config.ts'

describe('the configuration', () => {
  test('has a default for everything that needs one', () => {
    expect(readConfig({}, [])).toMatchObject({
      dataDirectory: './.sutler',
      databaseUrl: null,
      sealingKeyFile: null,
      httpHost: '127.0.0.1',
      httpPort: 8480,
      mqttPort: 8883,
      publicUrl: null,
      bodyLimit: 1_048_576,
      statementTimeout: 30_000,
      idempotencyRetention: 86_400_000,
      logLevel: 'info',
    })
  })

  test('takes flags before the environment', () => {
    const environment = {
      SUTLER_HTTP_PORT: '1',
      SUTLER_DATA: '/a',
      DATABASE_URL: 'postgres://u:p@h/d',
      HOME: '/root',
      SUTLER_TOKEN: 'sut_x',
    }
    expect(readConfig(environment, ['--http-port=0', '--mqtt-port', '2', '--body-limit', '2 MB'])).toMatchObject({
      httpPort: 0,
      mqttPort: 2,
      dataDirectory: '/a',
      databaseUrl: 'postgres://u:p@h/d',
      bodyLimit: 2_000_000,
    })
  })

  test('takes addresses of LwM2M listeners, each kind once', () => {
    const listen = (value: string) => readConfig({ SUTLER_LWM2M_LISTEN: value }, []).lwm2mListen
    expect(listen('coaps://0.0.0.0:5684, coap+tcp://[::1]:5683')).toEqual([
      { kind: 'coaps', host: '0.0.0.0', port: 5684 },
      { kind: 'coap+tcp', host: '::1', port: 5683 },
    ])
    for (const wrong of ['coap://:5683', 'http://a:1', 'coap://a:70000', 'coap://a', ''])
      expect(() => listen(wrong)).toThrow('is no address such as')
    expect(() => listen('coap://a:1,coap://b:1')).toThrow('twice')
    expect(readConfig({}, []).lwm2mListen.map(({ kind }) => kind)).toEqual(['coaps', 'coaps+tcp'])
  })

  test('takes protocols in any order, each once', () => {
    expect(readConfig({ SUTLER_PROTOCOLS: 'usp, ddi,usp' }, []).protocols).toEqual(['ddi', 'usp'])
    expect(readConfig({}, []).protocols).toEqual([])
  })

  test.each([
    [{ SUTLER_HTTP_PROT: '1' }, [], /SUTLER_HTTP_PROT is no setting; did you mean SUTLER_HTTP_PORT\?/],
    [{}, ['--htp-port', '1'], /--htp-port is no flag; did you mean --http-port\?/],
    [{}, ['--http-port'], /--http-port needs a value/],
    [{}, ['--database-url', 'postgres://h/d'], /--database-url is no flag/],
    [{ SUTLER_HTTP_PORT: '70000' }, [], /SUTLER_HTTP_PORT .*65535/],
    [{ SUTLER_HTTP_PORT: '' }, [], /SUTLER_HTTP_PORT must be a port number/],
    [{ SUTLER_BODY_DEADLINE: '20' }, [], /SUTLER_BODY_DEADLINE “20” is not a time such as 30s/],
    [{ SUTLER_BODY_LIMIT: '5 apples' }, [], /SUTLER_BODY_LIMIT “5 apples” is not a size/],
    [{ SUTLER_LOG_LEVEL: 'loud' }, [], /SUTLER_LOG_LEVEL/],
    [{ DATABASE_URL: 'mysql://h' }, [], /DATABASE_URL must be a URL that starts with postgres:\/\//],
    [{ SUTLER_DATA: '' }, [], /SUTLER_DATA/],
    [
      { SUTLER_PROTOCOLS: 'ddi,tr069' },
      [],
      /SUTLER_PROTOCOLS “tr069” is no protocol: use ddi, mender, cwmp, usp, lwm2m/,
    ],
  ])('refuses %j %j', (environment, flags, message) => {
    expect(() => readConfig(environment, flags)).toThrow(
      expect.objectContaining({ code: 'configuration-invalid', message: expect.stringMatching(message) }),
    )
  })

  test('names every mistake at once', () => {
    expect(() => readConfig({ SUTLER_HTTP_PORT: 'x', SUTLER_MQTT_PORT: 'y' }, [])).toThrow(
      /SUTLER_HTTP_PORT[^]*SUTLER_MQTT_PORT/,
    )
  })

  test('describes itself', () => {
    expect(configTable()).toContain('| `SUTLER_HTTP_PORT` | `--http-port` | `8480` |')
    expect(configTable()).toContain('| `DATABASE_URL` |  |  |')
  })
})
