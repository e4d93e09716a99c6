// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"

	cadvisor "github.com/google/cadvisor/info/v1"
	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/client-go/tools/record"
	"k8s.io/klog/v2"
	registration "k8s.io/kubelet/pkg/apis/pluginregistration/v1"
	"k8s.io/kubernetes/pkg/kubelet/cm/containermap"
	"k8s.io/kubernetes/pkg/kubelet/cm/devicemanager"
	"k8s.io/kubernetes/pkg/kubelet/cm/topologymanager"
	"k8s.io/kubernetes/pkg/kubelet/cm/topologymanager/bitmask"
	"k8s.io/kubernetes/pkg/kubelet/pluginmanager"
)

const pluginsRegistry = "/var/lib/kubelet/plugins_registry"

type containerKey struct{ pod, container string }

type options struct {
	numaNodes    int
	affinity     int
	sourcesReady bool
	watchPlugins bool
	running      []containerKey
}

// sources says whether the kubelet has heard of all pods of its node.
type sources struct{ ready atomic.Bool }

func (s *sources) AddSource(string) {}
func (s *sources) AllReady() bool   { return s.ready.Load() }

// kubelet is what the device manager needs around it.
type kubelet struct {
	devices *devicemanager.ManagerImpl
	sources *sources
	pods    *pods

	// A kubelet admits one pod after the other, and the device manager relies on it.
	admission sync.Mutex
}

// topologyStore is a topology manager that has already made up its mind.
func topologyStore(numaNode int) topologymanager.Store {
	if numaNode < 0 {
		return topologymanager.NewFakeManager()
	}
	mask, _ := bitmask.NewBitMask(numaNode)
	return topologymanager.NewFakeManagerWithHint(
		&topologymanager.TopologyHint{NUMANodeAffinity: mask, Preferred: true})
}

func startKubelet(o options) (*kubelet, error) {
	var topology []cadvisor.Node
	for node := range o.numaNodes {
		topology = append(topology, cadvisor.Node{Id: node})
	}
	devices, err := devicemanager.NewManagerImpl(topology, topologyStore(o.affinity))
	if err != nil {
		return nil, err
	}
	k := &kubelet{devices: devices, sources: &sources{}, pods: newPods()}
	k.sources.ready.Store(o.sourcesReady)

	containers, running := containermap.NewContainerMap(), sets.New[string]()
	for i, c := range o.running {
		id := fmt.Sprint("container-", i)
		containers.Add(c.pod, c.container, id)
		running.Insert(id)
	}
	if err := devices.Start(klog.Background(), k.pods.active, k.sources, containers, running); err != nil {
		return nil, err
	}
	if o.watchPlugins {
		if err := k.watchPlugins(); err != nil {
			return nil, err
		}
	}
	return k, servePodResources(k)
}

// watchPlugins is the other way to register: the kubelet looks for the plugin's socket.
func (k *kubelet) watchPlugins() error {
	if err := os.MkdirAll(pluginsRegistry, 0o750); err != nil {
		return err
	}
	watcher := pluginmanager.NewPluginManager(pluginsRegistry, &record.FakeRecorder{})
	watcher.AddHandler(registration.DevicePlugin, k.devices.GetWatcherHandler())
	go watcher.Run(context.Background(), k.sources, make(chan struct{}))
	return nil
}

// admit is what the kubelet does with a new pod, and with an old one after its own restart.
func (k *kubelet) admit(pod *v1.Pod, container *v1.Container) error {
	k.admission.Lock()
	defer k.admission.Unlock()
	k.pods.add(pod)
	err := k.devices.Allocate(pod, container)
	if err != nil {
		k.pods.remove(string(pod.UID))
	}
	return err
}
