/**
 * Fields that an SDK declares and no row of the tables gets: those of what is not imitated (IPv6, graphics cards,
 * dedicated hosts, Xen …), those that Huawei leaves out or sends as null unless something is the matter (a fault,
 * an order, a further page, a running task), and in images whatever has no value (wire 4: "fields without a value
 * are usually missing"). Whatever else does not come is a fault.
 */
export const notSent: Readonly<Record<string, string>> = {
  'ecs/v2 BatchOperateResultResponse': 'fail_reason',
  'ecs/v2 BatchResizeServersResponse': 'order_id',
  'ecs/v2 CloudServer': 'fault task_state',
  'ecs/v2 FlavorExtraSpec':
    'cond:compute:live_resizable cond:network cond:operation:charge cond:operation:charge:stop ' +
    'cond:storage:type extra_spec:io:persistent_grant hpet_support info:asic_accelerators info:features ' +
    'info:gpus instance_vnic:instance_bandwidth instance_vnic:max_count instance_vnic:type ' +
    'network_interface:traffic_mirroring_supported',
  'ecs/v2 FlavorQuasar': 'asic_accelerators gpus',
  'ecs/v2 InterfaceAttachment': 'min_rate multiqueue_num',
  'ecs/v2 InterfaceExt': 'min_rate multiqueue_num',
  'ecs/v2 ListResizeFlavorsResult': 'instance_quota',
  'ecs/v2 ListServerGroupsResponse': 'page_info',
  'ecs/v2 NovaAvailabilityZone': 'hosts',
  'ecs/v2 NovaCreateServersResult': 'reservation_id',
  'ecs/v2 NovaKeypairDetail': 'deleted_at updated_at',
  'ecs/v2 NovaListServersDetailsResponse': 'servers_links',
  'ecs/v2 NovaSecurityGroupCommonIpRange': 'cidr',
  'ecs/v2 NovaSecurityGroupCommonRule': 'from_port ip_protocol to_port',
  'ecs/v2 NovaServer':
    'OS-EXT-SRV-ATTR:hostname OS-EXT-SRV-ATTR:kernel_id OS-EXT-SRV-ATTR:launch_index ' +
    'OS-EXT-SRV-ATTR:ramdisk_id OS-EXT-SRV-ATTR:reservation_id OS-EXT-SRV-ATTR:root_device_name ' +
    'OS-EXT-SRV-ATTR:user_data OS-EXT-STS:task_state OS-SRV-USG:terminated_at description fault ' +
    'host_status key_name locked os:scheduler_hints tags',
  'ecs/v2 NovaServerFlavor': 'disk ephemeral extra_specs original_name ram swap vcpus',
  'ecs/v2 NovaServerVolume': 'delete_on_termination',
  'ecs/v2 ResizeServerResponse': 'order_id',
  'ecs/v2 ServerAddress': 'primary',
  'ecs/v2 ServerDetail':
    'OS-EXT-SRV-ATTR:user_data OS-EXT-STS:task_state OS-SRV-USG:terminated_at capacity_reservation_id ' +
    'capacity_reservation_specification cpu_options enclave_options hypervisor network_interfaces ' +
    'security_options spod_id',
  'ecs/v2 ServerFlavor': 'asic_accelerators gpus',
  'ecs/v2 ServerResource': 'resource_detail',
  'ecs/v2 ServerSchedulerHints': 'dedicated_host_id group tenancy',
  'ecs/v2 UpdateServerResult': 'OS-EXT-SRV-ATTR:user_data',
  'eip/v2 FloatingIpResp': 'fixed_ip_address port_id router_id',
  'eip/v2 ListResourceResp': 'resource_detail',
  'eip/v2 NeutronListFloatingIpsResponse': 'floatingips_links',
  'eip/v2 ProfileResp': 'order_id product_id region_id user_id',
  'eip/v2 PublicipCreateResp': 'public_ipv6_address',
  'eip/v2 PublicipInfoResp': 'publicipv6_address',
  'eip/v2 PublicipShowResp': 'public_ipv6_address',
  'eip/v2 PublicipUpdateResp': 'public_ipv6_address',
  'eip/v3 PageInfoOption': 'next_marker',
  'eip/v3 PublicipInstanceResp': 'public_ipv6_address',
  'eip/v3 PublicipSingleShowResp':
    'associate_instance_metadata associate_mode profile public_ipv6_address vnic',
  'eip/v3 VnicInfo': 'port_profile vni vtep',
  'evs/v2 Attachment': 'host_name',
  'evs/v2 CreateVolumeResponse': 'order_id',
  'evs/v2 ResizeVolumeResponse': 'order_id',
  'evs/v2 UpdateVolumeResponse':
    'os-volume-replication:extended_status snapshot_id source_volid volume_image_metadata',
  'evs/v2 VolumeDetail':
    'consistencygroup_id dedicated_storage_id dedicated_storage_name iops ' +
    'os-vol-mig-status-attr:migstat os-vol-mig-status-attr:name_id ' +
    'os-volume-replication:extended_status snapshot_id source_volid throughput',
  'evs/v2 VolumeDetailForTag':
    'consistencygroup_id dedicated_storage_id dedicated_storage_name os-vol-mig-status-attr:migstat ' +
    'os-vol-mig-status-attr:name_id os-volume-replication:extended_status snapshot_id source_volid ' +
    'volume_image_metadata',
  'evs/v2 VolumeMetadata': '__system__cmkid __system__encrypted hw:passthrough orderID',
  'evs/v2 VolumeType': 'description qos_specs_id',
  'evs/v2 VolumeTypeExtraSpecs': 'HW:availability_zone availability-zone',
  'iam/v3 KeystoneListUsersResult': 'access_mode password_expires_at',
  'iam/v3 KeystoneShowUserResult': 'access_mode password_expires_at',
  'iam/v3 Region': 'parent_region_id',
  'iam/v3 RegionLocales': 'es-es es-us pt-br',
  'iam/v3 TokenResult': 'domain',
  'ims/v2 GlanceShowImageListResponseBody':
    '__account_code __backup_id __description __image_location __is_config_init __productcode ' +
    '__root_origin __sequence_num __support_amd __support_diskintensive __support_fc_inject ' +
    '__support_highperformance __support_kvm_gpu_type __support_kvm_infiniband __support_largememory ' +
    '__support_xen __support_xen_gpu_type __support_xen_hana __system__cmkid _sys_enterprise_project_id ' +
    'enterprise_project_id virtual_size',
  'ims/v2 GlanceShowImageResponse':
    '__account_code __backup_id __image_location __is_config_init __productcode __sequence_num ' +
    '__support_amd __support_diskintensive __support_fc_inject __support_highperformance __support_kvm ' +
    '__support_kvm_gpu_type __support_kvm_infiniband __support_largememory __support_xen ' +
    '__support_xen_gpu_type __support_xen_hana __system__cmkid virtual_size',
  'ims/v2 GlanceUpdateImageResponse':
    '__account_code __backup_id __image_location __is_config_init __originalimagename __productcode ' +
    '__sequence_num __support_amd __support_diskintensive __support_fc_inject __support_highperformance ' +
    '__support_kvm __support_kvm_gpu_type __support_kvm_infiniband __support_largememory __support_xen ' +
    '__support_xen_gpu_type __support_xen_hana __system__cmkid virtual_size',
  'ims/v2 ImageInfo':
    '__backup_id __image_displayname __root_origin __sequence_num __support_amd __support_diskintensive ' +
    '__support_fc_inject __support_highperformance __support_kvm_gpu_type __support_kvm_hi1822_hisriov ' +
    '__support_kvm_hi1822_hivirtionet __support_kvm_infiniband __support_largememory __support_xen ' +
    '__support_xen_gpu_type __support_xen_hana __system__cmkid __system_support_market ' +
    'os_shutdown_timeout virtual_size',
  'ims/v2 JobEntities':
    'addition_error_code addition_error_msg alarm_code error error_code sub_jobs_list sub_jobs_result',
  'ims/v2 JobProgressEntities': 'sub_jobs_list sub_jobs_result',
  'ims/v2 ListImagesResponse': 'page_info',
  'ims/v2 ShowJobProgressResponse': 'error_code fail_reason',
  'ims/v2 ShowJobResponse': 'error_code fail_reason',
  'ims/v2 UpdateImageResponse':
    '__account_code __backup_id __image_displayname __originalimagename __productcode __sequence_num ' +
    '__support_amd __support_diskintensive __support_fc_inject __support_highperformance __support_kvm ' +
    '__support_kvm_gpu_type __support_kvm_hi1822_hisriov __support_kvm_hi1822_hivirtionet ' +
    '__support_kvm_infiniband __support_largememory __support_xen __support_xen_gpu_type ' +
    '__support_xen_hana __system__cmkid __system_support_market os_shutdown_timeout virtual_size',
  'vpc/v2 BindingVifDetails':
    'ovs_hybrid_plug parent_device_id parent_id port_filter primary_interface vlan_id',
  'vpc/v2 ExternalGatewayInfo': 'enable_snat network_id',
  'vpc/v2 ListResourceResp': 'resource_detail',
  'vpc/v2 NeutronAddRouterInterfaceResponse': 'port_id project_id',
  'vpc/v2 NeutronListNetworksResponse': 'networks_links',
  'vpc/v2 NeutronListPortsResponse': 'ports_links',
  'vpc/v2 NeutronListRoutersResponse': 'routers_links',
  'vpc/v2 NeutronListSecurityGroupRulesResponse': 'security_group_rules_links',
  'vpc/v2 NeutronListSecurityGroupsResponse': 'security_groups_links',
  'vpc/v2 NeutronListSubnetsResponse': 'subnets_links',
  'vpc/v2 NeutronRemoveRouterInterfaceResponse': 'port_id project_id',
  'vpc/v2 NeutronSecurityGroupRule': 'port_range_max port_range_min remote_address_group_id remote_ip_prefix',
  'vpc/v2 NeutronSubnet': 'ipv6_address_mode ipv6_ra_mode subnetpool_id',
  'vpc/v2 SecurityGroupRule': 'remote_address_group_id',
  'vpc/v2 Subnet': 'cidr_v6 gateway_ip_v6 neutron_subnet_id_v6',
  'vpc/v2 Vpc': 'block_service_endpoint_states',
  'vpc/v3 BindingVifDetails': 'ovs_hybrid_plug parent_device_id parent_id port_filter vlan_id',
  'vpc/v3 CreateVpcResponse': 'error_code error_msg',
  'vpc/v3 Port':
    'binding:host_id binding:migration_info binding:vif_type instance_info position_type vtep_ip',
  'vpc/v3 SecurityGroupRule': 'remote_address_group_id',
  'vpc/v3 UpdateVpcResponse': 'error_code error_msg',
}
