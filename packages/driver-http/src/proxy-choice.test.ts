import { describe, expect, it } from 'vitest'
import { proxyFor } from './proxy-choice.ts'

const proxied = (url: string, environment: Record<string, string>) =>
  proxyFor(new URL(url), environment)?.href

describe('proxyFor', () => {
  it.each([
    { url: 'http://h/', environment: {}, proxy: undefined },
    { url: 'http://h/', environment: { http_proxy: 'http://p:1' }, proxy: 'http://p:1/' },
    { url: 'http://h/', environment: { HTTP_PROXY: 'p:1' }, proxy: 'http://p:1/' },
    { url: 'http://h/', environment: { http_proxy: 'a:1', HTTP_PROXY: 'b:1' }, proxy: 'http://a:1/' },
    { url: 'http://h/', environment: { https_proxy: 'p:1' }, proxy: undefined },
    { url: 'https://h/', environment: { https_proxy: 'p:1' }, proxy: 'http://p:1/' },
    { url: 'https://h/', environment: { ALL_PROXY: 'https://p' }, proxy: 'https://p/' },
    { url: 'http://h/', environment: { http_proxy: '', all_proxy: 'p:1' }, proxy: 'http://p:1/' },
  ])('$url with $environment: $proxy', ({ url, environment, proxy }) => {
    expect(proxied(url, environment as Record<string, string>)).toBe(proxy)
  })

  it.each([
    { no_proxy: '*', url: 'http://h/', spared: true },
    { no_proxy: 'h', url: 'http://h/', spared: true },
    { no_proxy: 'a, H ,b', url: 'http://h/', spared: true },
    { no_proxy: 'example.org', url: 'http://sub.example.org/', spared: true },
    { no_proxy: '.example.org', url: 'http://sub.example.org/', spared: true },
    { no_proxy: '*.example.org', url: 'http://sub.example.org/', spared: true },
    { no_proxy: 'example.org', url: 'http://notexample.org/', spared: false },
    { no_proxy: 'h:8080', url: 'http://h:8080/', spared: true },
    { no_proxy: 'h:8080', url: 'http://h:8081/', spared: false },
    { no_proxy: '10.0.0.0/8', url: 'http://10.1.2.3/', spared: true },
    { no_proxy: '10.0.0.0/8', url: 'http://11.1.2.3/', spared: false },
    { no_proxy: '10.0.0.0/8', url: 'http://ten.example/', spared: false },
    { no_proxy: '127.0.0.1', url: 'http://127.0.0.1:1/', spared: true },
    { no_proxy: '::1', url: 'http://[::1]:1/', spared: true },
    { no_proxy: '', url: 'http://h/', spared: false },
  ])('NO_PROXY=$no_proxy and $url: spared $spared', ({ no_proxy, url, spared }) => {
    for (const name of ['no_proxy', 'NO_PROXY']) {
      expect(proxied(url, { http_proxy: 'p:1', [name]: no_proxy }) === undefined).toBe(spared)
    }
  })

  it.each(['socks5://p:1', 'http://', 'ftp://p'])('refuses %s', (http_proxy) => {
    expect(() => proxied('http://h/', { http_proxy })).toThrow(/proxy/)
  })
})
