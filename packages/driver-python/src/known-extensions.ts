/**
 * The distribution to install for the first part of a module path, as public experiments name it. Only those that the
 * Python Package Index has (November 2026): a name that is free there could be anybody's tomorrow.
 */
export const knownExtensions: Readonly<Record<string, string>> = {
  chaosaddons: 'chaostoolkit-addons',
  chaosansible: 'chaostoolkit-ansible',
  chaosaws: 'chaostoolkit-aws',
  chaosazure: 'chaostoolkit-azure',
  chaoscf: 'chaostoolkit-cloud-foundry',
  chaosdatadog: 'chaostoolkit-datadog',
  chaosdb: 'chaosdb',
  chaosdynatrace: 'chaostoolkit-dynatrace',
  chaosfault: 'chaostoolkit-fault',
  chaosgandi: 'chaostoolkit-gandi',
  chaosgarden: 'chaosgarden',
  chaosgce: 'chaostoolkit-google-cloud',
  chaosgcp: 'chaostoolkit-google-cloud-platform',
  chaosgrafana: 'chaostoolkit-grafana',
  chaosgremlin: 'chaostoolkit-gremlin',
  chaoshoneycomb: 'chaostoolkit-honeycomb',
  chaoshumio: 'chaostoolkit-humio',
  chaosinstana: 'chaostoolkit-instana',
  chaosistio: 'chaostoolkit-istio',
  chaosk6: 'chaostoolkit-k6',
  chaosk8s: 'chaostoolkit-kubernetes',
  chaoskafka: 'chaostoolkit-kafka',
  chaoslib: 'chaostoolkit-lib',
  chaosoci: 'chaostoolkit-oci',
  chaosopenstack: 'chaostoolkit-openstack',
  chaospixie: 'chaostoolkit-pixie',
  chaosprometheus: 'chaostoolkit-prometheus',
  chaosreliably: 'chaostoolkit-reliably',
  chaosreport: 'chaostoolkit-reporting',
  chaossaltstack: 'chaostoolkit-saltstack',
  chaosservicefabric: 'chaostoolkit-service-fabric',
  chaosslack: 'chaostoolkit-slack',
  chaosspring: 'chaostoolkit-spring',
  chaosswarm: 'chaostoolkit-docker-swarm',
  chaosterraform: 'chaostoolkit-terraform',
  chaostoxi: 'chaostoolkit-toxiproxy',
  chaostracing: 'chaostoolkit-opentracing',
  chaoswm: 'chaostoolkit-wiremock',
  chaoszos: 'chaostoolkit-zos',
}

/**
 * Extensions that the Python Package Index does not have, and the public repository on GitHub that each is installed from.
 */
export const extensionsInRepositories: Readonly<Record<string, string>> = {
  chaosconsul: 'cdsre/chaostoolkit-consul',
  chaoselasticsearch: 'Vodafone/chaostoolkit-elasticsearch',
  chaoslocust: 'Vodafone/chaostoolkit-locust',
  chaosturbulence: 'tmobile/chaostoolkit-turbulence',
  ibmcloud: 'IBM/chaostoolkit-ibm',
}
