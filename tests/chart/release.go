// SPDX-License-Identifier: Apache-2.0

// Package chart tests the Helm chart with Helm's own engine and with the types and checks of the Kubernetes API server.
package chart

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"

	helm "helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/releaseutil"
)

// Cluster is what a chart may ask of the cluster that it is installed in.
type Cluster struct {
	Version string   // as in "v1.33.0"
	APIs    []string // groups of custom resources with their versions
}

const (
	monitoringAPI = "monitoring.coreos.com/v1"
	nfdAPI        = "nfd.k8s-sigs.io/v1alpha1"
)

var (
	plainCluster = Cluster{Version: "v1.33.0"}
	fullCluster  = Cluster{Version: "v1.33.0", APIs: []string{monitoringAPI, nfdAPI}}
)

// SourceRoot is the top of the repository.
func SourceRoot() string {
	if root := os.Getenv("HDP_SOURCE_ROOT"); root != "" {
		return root
	}
	return filepath.Join("..", "..")
}

func chartFolder() string { return filepath.Join(SourceRoot(), "charts", "hailo-device-plugin") }

// Manifest is one object as text, and the template that it came from.
type Manifest struct {
	Template string
	Text     string
}

// Render does what "helm template hailo-device-plugin" does in the namespace kube-system.
func Render(values map[string]any, cluster Cluster) ([]Manifest, error) {
	loaded, err := load()
	if err != nil {
		return nil, err
	}
	rendered, err := renderAll(loaded, values, cluster)
	if err != nil {
		return nil, err
	}
	return split(rendered), nil
}

// Notes are what Helm prints after an installation.
func Notes(values map[string]any, cluster Cluster) (string, error) {
	loaded, err := load()
	if err != nil {
		return "", err
	}
	rendered, err := renderAll(loaded, values, cluster)
	return rendered[loaded.Name()+"/templates/NOTES.txt"], err
}

var load = sync.OnceValues(func() (*helm.Chart, error) { return loader.Load(chartFolder()) })

func renderAll(loaded *helm.Chart, values map[string]any, cluster Cluster) (map[string]string, error) {
	capabilities, err := capabilitiesOf(loaded, cluster)
	if err != nil {
		return nil, err
	}
	options := chartutil.ReleaseOptions{Name: "hailo-device-plugin", Namespace: "kube-system", Revision: 1, IsInstall: true}
	merged, err := chartutil.ToRenderValues(loaded, values, options, capabilities)
	if err != nil {
		return nil, err
	}
	return engine.Render(loaded, merged)
}

// The check of the version is one of Helm's commands and not of its engine.
func capabilitiesOf(loaded *helm.Chart, cluster Cluster) (*chartutil.Capabilities, error) {
	if wanted := loaded.Metadata.KubeVersion; !chartutil.IsCompatibleRange(wanted, cluster.Version) {
		return nil, fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes %s", wanted, cluster.Version)
	}
	version, err := chartutil.ParseKubeVersion(cluster.Version)
	if err != nil {
		return nil, err
	}
	capabilities := chartutil.DefaultCapabilities.Copy()
	capabilities.KubeVersion = *version
	capabilities.APIVersions = append(capabilities.APIVersions, cluster.APIs...)
	return capabilities, nil
}

func split(rendered map[string]string) []Manifest {
	var manifests []Manifest
	for template, text := range rendered {
		if !strings.HasSuffix(template, ".yaml") {
			continue
		}
		for _, each := range SplitYAML(text) {
			manifests = append(manifests, Manifest{filepath.Base(template), each})
		}
	}
	sort.SliceStable(manifests, func(a, b int) bool { return manifests[a].Template < manifests[b].Template })
	return manifests
}

// SplitYAML gives the documents of a text that hold something.
func SplitYAML(text string) []string {
	byKey := releaseutil.SplitManifests(text)
	keys := make([]string, 0, len(byKey))
	for key := range byKey {
		keys = append(keys, key)
	}
	sort.Sort(releaseutil.BySplitManifestsOrder(keys))
	var documents []string
	for _, key := range keys {
		if holdsSomething(byKey[key]) {
			documents = append(documents, byKey[key])
		}
	}
	return documents
}

func holdsSomething(document string) bool {
	for _, line := range strings.Split(document, "\n") {
		if line = strings.TrimSpace(line); line != "" && line != "---" && !strings.HasPrefix(line, "#") {
			return true
		}
	}
	return false
}
