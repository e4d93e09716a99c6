// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"google.golang.org/grpc"
	v1 "k8s.io/api/core/v1"
	podresourcesv1 "k8s.io/kubelet/pkg/apis/podresources/v1"
	"k8s.io/kubernetes/pkg/kubelet/apis/podresources"
	"k8s.io/kubernetes/pkg/kubelet/cm/devicemanager"
)

const podResourcesSocket = "/var/lib/kubelet/pod-resources/kubelet.sock"

// servePodResources answers as the kubelet does, with its own code, who holds which device.
func servePodResources(k *kubelet) error {
	if err := os.MkdirAll(filepath.Dir(podResourcesSocket), 0o750); err != nil {
		return err
	}
	if err := os.Remove(podResourcesSocket); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	listener, err := net.Listen("unix", podResourcesSocket)
	if err != nil {
		return err
	}
	server := grpc.NewServer()
	podresourcesv1.RegisterPodResourcesListerServer(server,
		podresources.NewV1PodResourcesServer(context.Background(), podresources.PodResourcesProviders{
			Pods: podsProvider{k.pods}, Devices: devicesProvider{k.devices},
			Cpus: noResources{}, Memory: noResources{}, DynamicResources: noResources{},
		}))
	go func() {
		fmt.Fprintln(os.Stderr, "device_manager: podresources:", server.Serve(listener))
	}()
	return nil
}

type podsProvider struct{ pods *pods }

func (p podsProvider) GetActivePods() []*v1.Pod { return p.pods.active() }
func (p podsProvider) GetPods() []*v1.Pod       { return p.pods.active() }
func (p podsProvider) GetPodByName(_, name string) (*v1.Pod, bool) {
	return p.pods.find(name)
}

type devicesProvider struct{ manager *devicemanager.ManagerImpl }

func (d devicesProvider) UpdateAllocatedDevices() { d.manager.UpdateAllocatedDevices() }

func (d devicesProvider) GetDevices(pod, container string) []*podresourcesv1.ContainerDevices {
	return entries(d.manager.GetDevices(pod, container))
}

func (d devicesProvider) GetAllocatableDevices() []*podresourcesv1.ContainerDevices {
	return entries(d.manager.GetAllocatableDevices())
}

// entries makes one entry per device and NUMA node, as a kubelet does.
func entries(devices devicemanager.ResourceDeviceInstances) []*podresourcesv1.ContainerDevices {
	var all []*podresourcesv1.ContainerDevices
	add := func(resource, id string, topology *podresourcesv1.TopologyInfo) {
		all = append(all, &podresourcesv1.ContainerDevices{
			ResourceName: resource, DeviceIds: []string{id}, Topology: topology,
		})
	}
	for resource, byID := range devices {
		for id, device := range byID {
			for _, node := range device.GetTopology().GetNodes() {
				add(resource, id, &podresourcesv1.TopologyInfo{
					Nodes: []*podresourcesv1.NUMANode{{ID: node.ID}},
				})
			}
			if len(device.GetTopology().GetNodes()) == 0 {
				add(resource, id, nil)
			}
		}
	}
	return all
}

// noResources stands for the managers of processors, memory and claims, which are not there.
type noResources struct{}

func (noResources) GetCPUs(_, _ string) []int64                             { return nil }
func (noResources) GetAllocatableCPUs() []int64                             { return nil }
func (noResources) GetMemory(_, _ string) []*podresourcesv1.ContainerMemory { return nil }
func (noResources) GetAllocatableMemory() []*podresourcesv1.ContainerMemory { return nil }
func (noResources) GetDynamicResources(*v1.Pod, *v1.Container) []*podresourcesv1.DynamicResource {
	return nil
}
