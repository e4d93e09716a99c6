// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
)

// A switch is some part of the values that can be this or that.
type setting struct {
	name   string
	values string
}

var switches = [][]setting{
	{{"http", ""}, {"no-http", "http: {enabled: false}"}},
	{{"unwatched", ""}, {"service", "service: {enabled: true}"}, {"service-monitor", "serviceMonitor: {enabled: true}"},
		{"pod-monitor", "podMonitor: {enabled: true}"},
		{"both-monitors", "{serviceMonitor: {enabled: true}, podMonitor: {enabled: true}}"}},
	{{"no-alerts", ""}, {"alerts", "prometheusRule: {enabled: true}"}},
	{{"no-dashboard", ""}, {"dashboard", "grafanaDashboard: {enabled: true}"}},
	{{"open", ""}, {"policy", "networkPolicy: {enabled: true}"},
		{"guests", "networkPolicy: {enabled: true, from: [{podSelector: {}}]}"}},
	{{"no-features", ""}, {"features", "nfd: {nodeFeatureRule: true, featureFile: true}"}},
	{{"hardware", ""}, {"simulation", "simulation: {enabled: true}"}},
	{{"register", ""}, {"watcher", "config: {kubelet: {registration: watcher}}"}},
	{{"usual-pod", ""}, {"other-pod", "{hostDev: true, nodeLabels: [], serviceAccount: {create: false}, " +
		"updateStrategy: {type: OnDelete}, hostFolders: [/opt/hailort]}"}},
}

// whatIsWrongWith names the values that a combination cannot have, empty for a possible one.
func whatIsWrongWith(on map[string]bool) string {
	watched := on["service"] || on["service-monitor"] || on["pod-monitor"] || on["both-monitors"]
	switch {
	case on["no-http"] && (watched || on["alerts"] || on["dashboard"] || on["guests"]):
		return "needs http.enabled"
	case on["both-monitors"]:
		return "serviceMonitor.enabled and podMonitor.enabled"
	case on["simulation"] && on["features"]:
		return "simulation.enabled and nfd.nodeFeatureRule"
	}
	return ""
}

func TestSwitchesRenderInEachPossibleCombination(t *testing.T) {
	possible, impossible := 0, 0
	each(switches, nil, func(chosen []setting) {
		on, values := combined(t, chosen)
		wrong := whatIsWrongWith(on)
		manifests, err := Render(values, fullCluster)
		if wrong != "" {
			impossible++
			if err == nil || !strings.Contains(err.Error(), wrong) {
				t.Errorf("%v: wanted a refusal with %q, got %v", on, wrong, err)
			}
			return
		}
		possible++
		if err != nil {
			t.Fatalf("%v: %v", on, err)
		}
		checkCombination(t, on, manifests)
	})
	if possible < 500 || impossible < 500 {
		t.Errorf("%d possible combinations and %d impossible ones are too few to be all", possible, impossible)
	}
}

func each(rest [][]setting, chosen []setting, visit func([]setting)) {
	if len(rest) == 0 {
		visit(chosen)
		return
	}
	for _, one := range rest[0] {
		each(rest[1:], append(chosen[:len(chosen):len(chosen)], one), visit)
	}
}

func combined(t *testing.T, chosen []setting) (map[string]bool, map[string]any) {
	on, values := map[string]bool{}, map[string]any{}
	for _, one := range chosen {
		on[one.name] = true
		for key, value := range valuesOf(t, one.values) {
			values[key] = value
		}
	}
	return on, values
}

func checkCombination(t *testing.T, on map[string]bool, manifests []Manifest) {
	t.Helper()
	templates := map[string]bool{}
	for _, manifest := range manifests {
		templates[manifest.Template] = true
		object, err := Decode(manifest.Text)
		if err != nil {
			t.Fatalf("%v: %s: %v", on, manifest.Template, err)
		}
		if set, ok := object.(*appsv1.DaemonSet); ok {
			checkProbes(t, on, set)
		}
	}
	for template, wanted := range map[string]bool{
		"servicemonitor.yaml":  on["service-monitor"],
		"service.yaml":         on["service"] || on["service-monitor"],
		"podmonitor.yaml":      on["pod-monitor"],
		"prometheusrule.yaml":  on["alerts"],
		"dashboard.yaml":       on["dashboard"],
		"networkpolicy.yaml":   on["policy"] || on["guests"],
		"nodefeaturerule.yaml": on["features"],
		"serviceaccount.yaml":  on["usual-pod"],
	} {
		if templates[template] != wanted {
			t.Errorf("%v: %s is there: %v", on, template, templates[template])
		}
	}
}

func checkProbes(t *testing.T, on map[string]bool, set *appsv1.DaemonSet) {
	t.Helper()
	container := set.Spec.Template.Spec.Containers[0]
	probes := container.StartupProbe != nil && container.LivenessProbe != nil && container.ReadinessProbe != nil
	if probes != on["http"] {
		t.Errorf("%v: probes are there: %v", on, probes)
	}
	if affinity := set.Spec.Template.Spec.Affinity != nil; affinity != (on["usual-pod"] && !on["simulation"]) {
		t.Errorf("%v: an affinity is there: %v", on, affinity)
	}
}
